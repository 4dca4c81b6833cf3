//! Network ACLs: those that were made, which deny everything and are for no subnet.

use bellwether_model::operations::ec2::{CreateNetworkAcl, DeleteNetworkAcl, DescribeNetworkAcls};

use super::listing::Listing;
use super::{Request, Shown, done, set, tags};
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
    request.perform(DeleteNetworkAcl { network_acl_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeNetworkAcls: those that were made; the default ones are left out.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_acl_ids = request.all_named("NetworkAclId");
    let reply = request.perform(DescribeNetworkAcls { network_acl_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("networkAclId", shown.id())
        .text("vpcId", request.parent(&shown.name))
        .text("ownerId", &shown.owner())
        .text("default", "false");
    let xml = set(xml, "entrySet", ["true", "false"], |xml, egress| {
        xml.text("ruleNumber", "32767")
            .text("protocol", "-1")
            .text("ruleAction", "deny")
            .text("egress", egress)
            .text("cidrBlock", "0.0.0.0/0")
    });
    let xml = xml.element("associationSet", |xml| xml);
    tags::write(request, shown, xml)
}
