//! Transit gateways and the attachments of VPCs to them.

use bellwether_model::operations::ec2::{
    AcceptTransitGatewayVpcAttachment, CreateTransitGateway, CreateTransitGatewayVpcAttachment,
    DeleteTransitGateway, DeleteTransitGatewayVpcAttachment, DescribeTransitGatewayVpcAttachments,
    DescribeTransitGateways, RejectTransitGatewayVpcAttachment,
};
use bellwether_model::world::Kind;
use bellwether_model::{Call, Name};

use super::listing::Listing;
use super::{Request, Shown, missing, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static GATEWAYS: Listing = Listing { set: "transitGatewaySet", item: write };

static ATTACHMENTS: Listing =
    Listing { set: "transitGatewayVpcAttachments", item: write_attachment };

/// CreateTransitGateway.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let accepts = request.form.value("Options.AutoAcceptSharedAttachments");
    let call = CreateTransitGateway { auto_accept_shared_attachments: accepts == Some("enable") };
    let name = request.new_id("tgw");
    let reply = request.perform(call, &name)?;
    let now = request.now();
    let description = request.form.value("Description").unwrap_or_default();
    request.state.keep(&name, "created", now);
    request.state.keep(&name, "description", description);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("transitGateway", |xml| write(request, &shown, xml)))
}

/// DeleteTransitGateway.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let transit_gateway_id = request.named("TransitGatewayId")?;
    let name = Name::new(request.form.mentioned("TransitGatewayId"));
    let reply = request.perform(DeleteTransitGateway { transit_gateway_id }, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some("deleting");
    Ok(xml.element("transitGateway", |xml| write(request, &shown, xml)))
}

/// DescribeTransitGateways.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let transit_gateway_ids = request.all_named("TransitGatewayIds");
    let call = DescribeTransitGateways { transit_gateway_ids };
    let reply = request.perform(call, &"".into())?;
    GATEWAYS.write(request, request.listed(&reply), xml)
}

/// CreateTransitGatewayVpcAttachment: the VPC is that of the first subnet.
pub(super) fn attach(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let transit_gateway_id = request.named("TransitGatewayId")?;
    request.required("VpcId")?;
    let subnets = request.form.list("SubnetIds");
    let first = subnets.first().ok_or_else(|| missing("SubnetIds"))?;
    let call = CreateTransitGatewayVpcAttachment {
        transit_gateway_id,
        subnet_ids: Some(request.reference(first)),
    };
    let name = request.new_id("tgw-attach");
    let reply = request.perform(call, &name)?;
    let now = request.now();
    request.state.keep(&name, "created", now);
    request.state.keep(&name, "subnets", subnets.join(" "));
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("transitGatewayVpcAttachment", |xml| write_attachment(request, &shown, xml)))
}

/// DeleteTransitGatewayVpcAttachment.
pub(super) fn detach(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let name = Name::new(request.form.mentioned("TransitGatewayAttachmentId"));
    let call = DeleteTransitGatewayVpcAttachment { attachment_id };
    let reply = request.perform(call, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some("deleting");
    Ok(xml.element("transitGatewayVpcAttachment", |xml| write_attachment(request, &shown, xml)))
}

/// AcceptTransitGatewayVpcAttachment.
pub(super) fn accept(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let call = AcceptTransitGatewayVpcAttachment { attachment_id };
    answer(request, call.into(), "available", xml)
}

/// RejectTransitGatewayVpcAttachment.
pub(super) fn reject(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let call = RejectTransitGatewayVpcAttachment { attachment_id };
    answer(request, call.into(), "rejecting", xml)
}

fn answer(
    request: &mut Request<'_>,
    call: Call,
    state: &'static str,
    xml: Xml,
) -> Result<Xml, Failure> {
    let name = Name::new(request.form.mentioned("TransitGatewayAttachmentId"));
    let reply = request.perform(call, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some(state);
    Ok(xml.element("transitGatewayVpcAttachment", |xml| write_attachment(request, &shown, xml)))
}

/// DescribeTransitGatewayVpcAttachments.
pub(super) fn describe_attachments(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let attachment_ids = request.all_named("TransitGatewayAttachmentIds");
    let call = DescribeTransitGatewayVpcAttachments { attachment_ids };
    let reply = request.perform(call, &"".into())?;
    ATTACHMENTS.write(request, request.listed(&reply), xml)
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let accepts =
        matches!(request.kind(&shown.name), Some(Kind::TransitGateway { auto_accept: true }));
    let xml = xml
        .text("transitGatewayId", shown.id())
        .text("transitGatewayArn", &request.arn(shown, "transit-gateway"))
        .text("state", shown.state.unwrap_or("available"))
        .text("ownerId", &shown.owner())
        .text("description", attribute("description"))
        .text("creationTime", attribute("created"))
        .element("options", |xml| {
            let accepts = if accepts { "enable" } else { "disable" };
            xml.text("amazonSideAsn", "64512")
                .text("autoAcceptSharedAttachments", accepts)
                .text("defaultRouteTableAssociation", "disable")
                .text("defaultRouteTablePropagation", "disable")
                .text("vpnEcmpSupport", "enable")
                .text("dnsSupport", "enable")
                .text("securityGroupReferencingSupport", "disable")
                .text("multicastSupport", "disable")
        });
    tags::write(request, shown, xml)
}

/// The two ends of an attachment: the gateway and the VPC.
fn ends(request: &Request<'_>, shown: &Shown) -> (Name, Name) {
    match request.kind(&shown.name) {
        Some(Kind::TransitGatewayAttachment { gateway, vpc, .. }) => (gateway.clone(), vpc.clone()),
        _ => (Name::none(), Name::none()),
    }
}

fn state(request: &Request<'_>, shown: &Shown) -> &'static str {
    let waits = matches!(
        request.kind(&shown.name),
        Some(Kind::TransitGatewayAttachment { waiting: true, .. })
    );
    let kept = if waits { "pendingAcceptance" } else { "available" };
    shown.state.unwrap_or(kept)
}

fn write_attachment(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let (gateway, vpc) = ends(request, shown);
    let vpc_owner = request.state.world.resources.get(&vpc);
    let vpc_owner = vpc_owner.map_or(shown.owner, |vpc| vpc.owner);
    let subnets = attribute("subnets").split(' ');
    let xml = xml
        .text("transitGatewayAttachmentId", shown.id())
        .text("transitGatewayId", gateway.as_str())
        .text("vpcId", vpc.as_str())
        .text("vpcOwnerId", &vpc_owner.to_string())
        .text("state", state(request, shown))
        .element("subnetIds", |xml| subnets.fold(xml, |xml, subnet| xml.text("item", subnet)))
        .text("creationTime", attribute("created"))
        .element("options", |xml| {
            xml.text("dnsSupport", "enable")
                .text("securityGroupReferencingSupport", "enable")
                .text("ipv6Support", "disable")
                .text("applianceModeSupport", "disable")
        });
    tags::write(request, shown, xml)
}
