//! Security groups.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    AuthorizeSecurityGroupIngress, CreateSecurityGroup, DeleteSecurityGroup,
    DescribeSecurityGroups, GetSecurityGroupsForVpc,
};
use bellwether_model::world::Kind;

use super::listing::{Listing, by_id, by_owner};
use super::{Request, Shown, done, refusals, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing {
    set: "securityGroupInfo",
    filters: &[
        ("group-id", by_id),
        ("owner-id", by_owner),
        ("vpc-id", |request, shown| vec![vpc(request, &shown.name)]),
        ("group-name", |request, shown| {
            vec![request.state.attribute(&shown.name, "name").to_owned()]
        }),
        ("description", |request, shown| {
            vec![request.state.attribute(&shown.name, "description").to_owned()]
        }),
    ],
    item: write,
};

/// CreateSecurityGroup.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let group_name = request.required("GroupName")?;
    let description = request.required("GroupDescription")?;
    // The model does not know of default groups.
    let taken = defaults(request).any(|shown| {
        let named = request.state.attribute(&shown.name, "name") == group_name;
        named && vpc_id.name().is_some_and(|it| it.as_str() == vpc(request, &shown.name))
    });
    if taken {
        let message = format!("The security group '{group_name}' already exists");
        return Err(Failure::new("InvalidGroup.Duplicate", message));
    }
    let vpc_name = vpc_id.name().cloned();
    let name = request.new_id("sg");
    let call = CreateSecurityGroup { vpc_id, group_name: group_name.into() };
    let reply = request.perform(call, &name)?;
    request.state.keep(&name, "name", group_name);
    request.state.keep(&name, "description", description);
    if let Some(vpc) = vpc_name {
        request.state.keep(&name, "vpc", vpc.as_str());
    }
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    let xml = done(xml)
        .text("groupId", shown.id())
        .text("securityGroupArn", &request.arn(&shown, "security-group"));
    Ok(tags::write(request, &shown, xml))
}

/// DeleteSecurityGroup.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let group_id = request.named("GroupId")?;
    let group = request.form.mentioned("GroupId");
    request.perform(DeleteSecurityGroup { group_id }, &"".into())?;
    Ok(done(xml).text("groupId", group))
}

/// AuthorizeSecurityGroupIngress: rules that name prefix lists are kept; others have no
/// consequences.
pub(super) fn authorize(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let group_id = request.named("GroupId")?;
    let permissions = request.form.members("IpPermissions");
    let lists = permissions.iter().flat_map(|it| it.members("PrefixListIds"));
    let lists: Vec<_> = lists.filter_map(|it| it.value("PrefixListId")).collect();
    if lists.is_empty() && !request.owns(&group_id) {
        let group_ids = vec![group_id];
        request.perform(DescribeSecurityGroups { group_ids }, &"".into())?;
        let message = refusals::not_owned(request.action);
        let failure = Failure::new("UnauthorizedOperation", message);
        return Err(failure.with_status(http::StatusCode::FORBIDDEN));
    }
    for list in lists {
        let prefix_list_id = request.reference(list);
        let call = AuthorizeSecurityGroupIngress { group_id: group_id.clone(), prefix_list_id };
        request.perform(call, &"".into())?;
    }
    Ok(done(xml).element("securityGroupRuleSet", |xml| xml))
}

/// DescribeSecurityGroups: what the model lists, and the default group of each VPC to its owner.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.form.list("GroupId");
    let mut defaults: Vec<_> = defaults(request).collect();
    let is_default = |id: &str| defaults.iter().any(|shown| shown.id() == id);
    let others: Vec<_> = asked.iter().filter(|id| !is_default(id)).collect();
    let group_ids: Vec<_> = others.iter().map(|id| request.reference(id)).collect();
    let mut seen = Vec::new();
    if asked.is_empty() || !group_ids.is_empty() {
        let reply = request.perform(DescribeSecurityGroups { group_ids }, &"".into())?;
        seen = request.listed(&reply);
    }
    defaults.retain(|shown| asked.is_empty() || asked.contains(&shown.id()));
    seen.append(&mut defaults);
    LISTING.write(request, seen, xml)
}

/// GetSecurityGroupsForVpc.
pub(super) fn for_vpc(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    static LISTING: Listing = Listing {
        set: "securityGroupForVpcSet",
        filters: &[("group-id", by_id), ("owner-id", by_owner)],
        item: |request, shown, xml| {
            let attribute = |key| request.state.attribute(&shown.name, key);
            let xml = xml
                .text("groupId", shown.id())
                .text("groupName", attribute("name"))
                .text("description", attribute("description"))
                .text("ownerId", &shown.owner())
                .text("primaryVpcId", attribute("vpc"));
            tags::write(request, shown, xml)
        },
    };
    let vpc_id = request.named("VpcId")?;
    let vpc = request.form.mentioned("VpcId");
    let reply = request.perform(GetSecurityGroupsForVpc { vpc_id }, &"".into())?;
    let mut seen = request.listed(&reply);
    seen.extend(defaults(request).filter(|shown| self::vpc(request, &shown.name) == vpc));
    LISTING.write(request, seen, xml)
}

/// The default groups of the caller's VPCs.
fn defaults<'r>(request: &'r Request<'_>) -> impl Iterator<Item = Shown> + 'r {
    let resources = &request.state.world.resources;
    groups(request)
        .filter(move |shown| shown.owner == request.caller && !resources.contains_key(&shown.name))
}

/// Writes the groups of an interface or instance.
pub(super) fn write_all(request: &Request<'_>, groups: &[Name], xml: Xml) -> Xml {
    set(xml, "groupSet", groups, |xml, group| {
        let name = request.state.attribute(group, "name");
        xml.text("groupId", group.as_str()).text("groupName", name)
    })
}

/// The groups of a resource in a VPC; the default one if none is kept.
pub(super) fn or_default(request: &Request<'_>, vpc: Option<&Name>, groups: &[Name]) -> Vec<Name> {
    if !groups.is_empty() {
        return groups.to_vec();
    }
    let default = vpc.map(|vpc| request.state.attribute(vpc, "default-group"));
    default.filter(|it| !it.is_empty()).map(Name::new).into_iter().collect()
}

/// All living groups: those that were made, and the default one of each VPC.
fn groups<'r>(request: &'r Request<'_>) -> impl Iterator<Item = Shown> + 'r {
    let living = request.state.world.resources.iter().filter(|(_, it)| !it.deleted);
    living.filter_map(|(name, resource)| {
        let name = if let Kind::SecurityGroup { .. } = resource.kind {
            name.clone()
        } else if resource.kind == Kind::Vpc {
            Name::new(request.state.attribute(name, "default-group"))
        } else {
            return None;
        };
        let state = None;
        let owner = resource.owner;
        Some(Shown { name, owner, state, is_counted: true, zone_id: None })
    })
}

fn vpc(request: &Request<'_>, group: &Name) -> String {
    request.state.attribute(group, "vpc").to_owned()
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let state = &*request.state;
    let everywhere = |xml: Xml| {
        xml.text("ipProtocol", "-1")
            .element("groups", |xml| xml)
            .element("ipRanges", |xml| xml.element("item", |xml| xml.text("cidrIp", "0.0.0.0/0")))
            .element("ipv6Ranges", |xml| xml)
            .element("prefixListIds", |xml| xml)
    };
    let xml = xml
        .text("groupId", shown.id())
        .text("securityGroupArn", &request.arn(shown, "security-group"))
        .text("ownerId", &shown.owner())
        .text("vpcId", &vpc(request, &shown.name))
        .text("groupName", state.attribute(&shown.name, "name"))
        .text("groupDescription", state.attribute(&shown.name, "description"))
        .element("ipPermissions", |xml| match request.kind(&shown.name) {
            Some(Kind::SecurityGroup { lists, .. }) if !lists.is_empty() => {
                xml.element("item", |xml| {
                    let xml = xml.text("ipProtocol", "tcp").text("fromPort", "443");
                    set(xml.text("toPort", "443"), "prefixListIds", lists, |xml, list| {
                        xml.text("prefixListId", list.as_str())
                    })
                })
            }
            _ => xml,
        })
        .element("ipPermissionsEgress", |xml| xml.element("item", everywhere));
    tags::write(request, shown, xml)
}
