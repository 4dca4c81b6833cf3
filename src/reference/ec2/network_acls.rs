//! Network ACLs: those that were made, which deny everything and are for no subnet, and the default one of
//! each VPC, which allows everything and is for all of its subnets.

use bellwether_model::operations::ec2::{CreateNetworkAcl, DeleteNetworkAcl, DescribeNetworkAcls};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{Request, Shown, beside, done, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "networkAclSet", item: write };

/// CreateNetworkAcl.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let name = request.new_id("acl");
    let reply = request.perform(CreateNetworkAcl { vpc_id }, &name)?;
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("networkAcl", |xml| write(request, &shown, xml)))
}

/// DeleteNetworkAcl.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_acl_id = request.named("NetworkAclId")?;
    let id = request.form.mentioned("NetworkAclId");
    if beside::owner(request, &id.into()) == Some(request.caller) {
        let message = format!("cannot delete default network ACL {id}");
        return Err(Failure::new("InvalidParameterValue", message));
    }
    request.perform(DeleteNetworkAcl { network_acl_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeNetworkAcls: those that were made, and the default ones.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.form.list("NetworkAclId");
    let defaults = beside::of_vpcs(request, beside::DEFAULT_ACL);
    let call = |network_acl_ids| DescribeNetworkAcls { network_acl_ids };
    let seen = beside::listed(request, &asked, defaults, call)?;
    LISTING.write(request, seen, xml)
}

fn is_default(request: &Request<'_>, shown: &Shown) -> bool {
    let vpc = beside::vpc(request, &shown.name);
    request.state.attribute(&vpc, beside::DEFAULT_ACL) == shown.id()
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let is_default = is_default(request, shown);
    let xml = xml
        .text("networkAclId", shown.id())
        .text("vpcId", beside::vpc(request, &shown.name).as_str())
        .text("ownerId", &shown.owner())
        .text("default", &is_default.to_string());
    let ways = ["true", "false"].into_iter();
    let allow = ways.clone().map(|egress| ("100", "allow", egress)).filter(|_| is_default);
    let deny = ways.map(|egress| ("32767", "deny", egress));
    let xml = set(xml, "entrySet", allow.chain(deny), |xml, (number, action, egress)| {
        xml.text("ruleNumber", number)
            .text("protocol", "-1")
            .text("ruleAction", action)
            .text("egress", egress)
            .text("cidrBlock", "0.0.0.0/0")
    });
    let vpc = beside::vpc(request, &shown.name);
    let subnets = request.state.world.inside(&vpc);
    let subnets = subnets.filter(|(_, it)| is_default && matches!(it.kind, Kind::Subnet { .. }));
    let xml = set(xml, "associationSet", subnets, |xml, (subnet, _)| {
        xml.text("networkAclAssociationId", &subnet.as_str().replace("subnet-", "aclassoc-"))
            .text("networkAclId", shown.id())
            .text("subnetId", subnet.as_str())
    });
    tags::write(request, shown, xml)
}
