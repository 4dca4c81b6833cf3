//! Security groups.

use bellwether_model::Name;
use bellwether_model::answer::{Expected, Key};
use bellwether_model::operations::ec2::{
    AssociateSecurityGroupVpc, CreateSecurityGroup, DeleteSecurityGroup,
    DescribeSecurityGroupVpcAssociations, DescribeSecurityGroups, DisassociateSecurityGroupVpc,
    GetSecurityGroupsForVpc,
};
use bellwether_model::world::Kind;
use smol_str::SmolStr;

use super::listing::Listing;
use super::{Request, Shown, done, security_group_rules, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "securityGroupInfo", item: write };

/// CreateSecurityGroup.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let Ok(vpc_id) = request.named("VpcId") else {
        let message = "No default VPC for this user. Specify a VPC, and try again.";
        return Err(Failure::new("VPCIdNotSpecified", message));
    };
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
    Ok(if tags::seen(request, &shown.name).is_empty() {
        xml
    } else {
        tags::write(request, &shown, xml)
    })
}

/// DeleteSecurityGroup.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let group_id = request.named("GroupId")?;
    let group = request.form.mentioned("GroupId");
    request.perform(DeleteSecurityGroup { group_id }, &"".into())?;
    Ok(done(xml).text("groupId", group))
}

/// AssociateSecurityGroupVpc.
pub(super) fn associate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let (group_id, vpc_id) = (request.named("GroupId")?, request.named("VpcId")?);
    request.perform(AssociateSecurityGroupVpc { group_id, vpc_id }, &"".into())?;
    Ok(xml.text("state", "associated"))
}

/// DisassociateSecurityGroupVpc.
pub(super) fn disassociate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let (group_id, vpc_id) = (request.named("GroupId")?, request.named("VpcId")?);
    request.perform(DisassociateSecurityGroupVpc { group_id, vpc_id }, &"".into())?;
    Ok(xml.text("state", "disassociated"))
}

/// DescribeSecurityGroupVpcAssociations: an item for each VPC of a group.
pub(super) fn describe_associations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    static LISTING: Listing = Listing {
        set: "securityGroupVpcAssociationSet",
        item: |request, shown, xml| {
            let [group, vpc] = parts(shown);
            xml.text("groupId", group)
                .text("vpcId", vpc)
                .text("vpcOwnerId", &vpc_owner(request, shown))
                .text("state", "associated")
                .text("groupOwnerId", &shown.owner())
        },
    };
    let reply = request.perform(DescribeSecurityGroupVpcAssociations {}, &"".into())?;
    let mut items = Vec::new();
    for row in reply.rows.iter().filter(|row| row.present) {
        let Key::Resource(group) = &row.key else { continue };
        let vpcs = row.fields.iter().find_map(|field| {
            if let Expected::Set(vpcs) = &field.expected { Some(vpcs.clone()) } else { None }
        });
        for vpc in vpcs.unwrap_or_else(|| lasting(request, group)) {
            let mut shown = request.shown(group.clone(), &[]);
            shown.name = Name::new(format!("{group}/{vpc}"));
            items.push(shown);
        }
    }
    LISTING.write(request, items, xml)
}

/// The group and the VPC of an association.
fn parts(shown: &Shown) -> [&str; 2] {
    let (group, vpc) = shown.id().split_once('/').unwrap_or((shown.id(), ""));
    [group, vpc]
}

/// The id of the owner of an association's VPC.
fn vpc_owner(request: &Request<'_>, shown: &Shown) -> String {
    let vpc = request.state.world.resources.get(parts(shown)[1]);
    vpc.map_or_else(String::new, |vpc| vpc.owner.to_string())
}

/// The VPCs that a group is or may be associated with, as far as the caller owns it or them.
fn lasting(request: &Request<'_>, group: &Name) -> Vec<SmolStr> {
    let resources = &request.state.world.resources;
    let Some(Kind::SecurityGroup { associated, .. }) = request.kind(group) else {
        return Vec::new();
    };
    let owns = |name: &Name| resources.get(name).is_some_and(|it| it.owner == request.caller);
    let lasting =
        associated.iter().filter(|(vpc, state)| state.may_last() && (owns(group) || owns(vpc)));
    lasting.map(|(vpc, _)| vpc.as_str().into()).collect()
}

/// DescribeSecurityGroups: what the model lists, and the default group of each VPC to its owner.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    // Names are those of groups of a default VPC, which no account has.
    if let Some(named) = request.form.list("GroupName").first() {
        let message = format!("The security group '{named}' does not exist");
        return Err(Failure::new("InvalidGroup.NotFound", message));
    }
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

/// The id of the owner of a group.
pub(super) fn owner(request: &Request<'_>, group: &Name) -> String {
    let own = defaults(request).find(|shown| shown.name == *group);
    own.unwrap_or_else(|| request.shown(group.clone(), &[])).owner()
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
        Some(Shown { name, owner, state, is_counted: true, zone_id: None, inside: Vec::new() })
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
        .text("groupDescription", state.attribute(&shown.name, "description"));
    let xml = security_group_rules::write(request, &shown.name, xml)
        .element("ipPermissionsEgress", |xml| xml.element("item", everywhere));
    tags::write(request, shown, xml)
}
