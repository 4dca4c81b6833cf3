//! Transit gateways, with their options, and the attachments of VPCs to them.

use bellwether_model::operations::ec2::{
    AcceptTransitGatewayVpcAttachment, CreateTransitGateway, CreateTransitGatewayVpcAttachment,
    DeleteTransitGateway, DeleteTransitGatewayVpcAttachment, DescribeTransitGatewayVpcAttachments,
    DescribeTransitGateways, RejectTransitGatewayVpcAttachment,
};
use bellwether_model::world::Kind;
use bellwether_model::{Call, Name};

use super::attributes::{not_taken, word};
use super::blocks::network;
use super::form::Form;
use super::listing::Listing;
use super::transit_gateway_route_tables as route_tables;
use super::{Request, Shown, ended, missing, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static GATEWAYS: Listing = Listing { set: "transitGatewaySet", item: write };

static ATTACHMENTS: Listing =
    Listing { set: "transitGatewayVpcAttachments", item: write_attachment };

/// The options of a gateway that are on or off: the parameter, the element that shows it, and the plain
/// word.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html>
static OPTIONS: [(&str, &str, &str); 6] = [
    (DEFAULT_ASSOCIATION, "defaultRouteTableAssociation", "enable"),
    (DEFAULT_PROPAGATION, "defaultRouteTablePropagation", "enable"),
    ("Options.VpnEcmpSupport", "vpnEcmpSupport", "enable"),
    ("Options.DnsSupport", "dnsSupport", "enable"),
    ("Options.SecurityGroupReferencingSupport", "securityGroupReferencingSupport", "disable"),
    ("Options.MulticastSupport", "multicastSupport", "disable"),
];
/// The option by which attachments are associated with the default route table.
pub(super) const DEFAULT_ASSOCIATION: &str = "Options.DefaultRouteTableAssociation";
/// The option by which attachments propagate routes to the default route table.
pub(super) const DEFAULT_PROPAGATION: &str = "Options.DefaultRouteTablePropagation";
/// The words of options.
const SWITCH: [&str; 2] = ["enable", "disable"];
/// The option that numbers the autonomous system of a gateway, and its plain value.
const SYSTEM: &str = "Options.AmazonSideAsn";
const PLAIN_SYSTEM: &str = "64512";
/// The option that gives a gateway blocks of addresses.
const BLOCKS: &str = "Options.TransitGatewayCidrBlocks";

/// CreateTransitGateway: with a default route table, unless its options are against that.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let form = request.form.clone();
    let accepts = word(&form, "Options.AutoAcceptSharedAttachments", &SWITCH, "disable")?;
    let mut options = vec![(SYSTEM, system(&form)?.to_owned())];
    for (option, _, plain) in OPTIONS {
        options.push((option, word(&form, option, &SWITCH, plain)?.to_owned()));
    }
    let blocks = form.list(BLOCKS).into_iter().map(|text| Ok(network(text)?.to_string()));
    options.push((BLOCKS, blocks.collect::<Result<Vec<_>, Failure>>()?.join(" ")));
    let call = CreateTransitGateway { auto_accept_shared_attachments: accepts == "enable" };
    let name = request.new_id("tgw");
    let reply = request.perform(call, &name)?;
    for (option, value) in options {
        request.state.keep(&name, option, value);
    }
    route_tables::keep_default(request, &name);
    let now = request.now();
    let description = request.form.value("Description").unwrap_or_default();
    request.state.keep(&name, "created", now);
    request.state.keep(&name, "description", description);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("transitGateway", |xml| write(request, &shown, xml)))
}

/// The number of an autonomous system: one of the private ones.
fn system<'a>(form: &Form<'a>) -> Result<&'a str, Failure> {
    let Some(text) = form.value(SYSTEM) else { return Ok(PLAIN_SYSTEM) };
    let private = [64_512..=65_534, 4_200_000_000..=4_294_967_294];
    let number = text.parse::<u32>().ok();
    let is_private = number.is_some_and(|number| private.iter().any(|it| it.contains(&number)));
    let expected = "Expecting a number from 64512 to 65534, or from 4200000000 to 4294967294.";
    is_private.then_some(text).ok_or_else(|| not_taken("AmazonSideAsn", text, expected))
}

/// DeleteTransitGateway.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let transit_gateway_id = request.named("TransitGatewayId")?;
    let name = Name::new(request.form.mentioned("TransitGatewayId"));
    let reply = request.perform(DeleteTransitGateway { transit_gateway_id }, &"".into())?;
    ended::keep(request, &name);
    let mut shown = request.made(name, &reply);
    shown.state = Some("deleting");
    Ok(xml.element("transitGateway", |xml| write(request, &shown, xml)))
}

/// DescribeTransitGateways.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.all_named("TransitGatewayIds");
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
    let call = |transit_gateway_ids| DescribeTransitGateways { transit_gateway_ids };
    let seen = ended::listed(request, asked, is_one, call)?;
    GATEWAYS.write(request, seen, xml)
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
    ended::keep(request, &name);
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
    let asked = request.all_named("TransitGatewayAttachmentIds");
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
    let call = |attachment_ids| DescribeTransitGatewayVpcAttachments { attachment_ids };
    let seen = ended::listed(request, asked, is_one, call)?;
    ATTACHMENTS.write(request, seen, xml)
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
            let xml = xml
                .text("amazonSideAsn", attribute(SYSTEM))
                .text("autoAcceptSharedAttachments", accepts);
            let xml = OPTIONS
                .iter()
                .fold(xml, |xml, (option, element, _)| xml.text(element, attribute(option)));
            let xml = route_tables::write_defaults(request, &shown.name, xml);
            let blocks: Vec<_> = attribute(BLOCKS).split_whitespace().collect();
            if blocks.is_empty() {
                return xml;
            }
            xml.element("transitGatewayCidrBlocks", |xml| {
                blocks.into_iter().fold(xml, |xml, block| xml.text("item", block))
            })
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
