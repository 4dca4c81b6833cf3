//! Internet gateways.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    AttachInternetGateway, CreateInternetGateway, DeleteInternetGateway, DescribeInternetGateways,
    DetachInternetGateway,
};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{Request, Shown, done, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "internetGatewaySet", item: write };

/// CreateInternetGateway.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let name = request.new_id("igw");
    let reply = request.perform(CreateInternetGateway {}, &name)?;
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("internetGateway", |xml| write(request, &shown, xml)))
}

/// AttachInternetGateway.
pub(super) fn attach(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let internet_gateway_id = request.named("InternetGatewayId")?;
    let vpc_id = request.named("VpcId")?;
    request.perform(AttachInternetGateway { internet_gateway_id, vpc_id }, &"".into())?;
    Ok(done(xml))
}

/// DetachInternetGateway.
pub(super) fn detach(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let internet_gateway_id = request.named("InternetGatewayId")?;
    let vpc_id = request.named("VpcId")?;
    request.perform(DetachInternetGateway { internet_gateway_id, vpc_id }, &"".into())?;
    Ok(done(xml))
}

/// DeleteInternetGateway.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let internet_gateway_id = request.named("InternetGatewayId")?;
    request.perform(DeleteInternetGateway { internet_gateway_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeInternetGateways.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let internet_gateway_ids = request.all_named("InternetGatewayId");
    let call = DescribeInternetGateways { internet_gateway_ids };
    let reply = request.perform(call, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

fn vpc<'r>(request: &'r Request<'_>, shown: &Shown) -> Option<&'r Name> {
    match request.kind(&shown.name) {
        Some(Kind::InternetGateway { vpc }) => vpc.as_ref(),
        _ => None,
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml.text("internetGatewayId", shown.id()).text("ownerId", &shown.owner());
    let xml = set(xml, "attachmentSet", vpc(request, shown), |xml, vpc| {
        xml.text("vpcId", vpc.as_str()).text("state", "available")
    });
    tags::write(request, shown, xml)
}
