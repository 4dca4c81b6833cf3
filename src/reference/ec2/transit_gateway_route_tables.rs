//! Route tables of transit gateways: without routes, and without consequences.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    AssociateTransitGatewayRouteTable, CreateTransitGatewayRouteTable,
    DeleteTransitGatewayRouteTable, DescribeTransitGatewayRouteTables,
    EnableTransitGatewayRouteTablePropagation, GetTransitGatewayRouteTableAssociations,
    GetTransitGatewayRouteTablePropagations,
};
use bellwether_model::world::Kind;

use super::listing::{Filter, Listing, by_availability, by_id, by_parent};
use super::{Request, Shown, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing {
    set: "transitGatewayRouteTables",
    filters: &[
        ("transit-gateway-route-table-id", by_id),
        ("state", by_availability),
        ("transit-gateway-id", |request, shown| vec![gateway(request, shown).to_owned()]),
        ("default-association-route-table", |_, _| vec!["false".to_owned()]),
        ("default-propagation-route-table", |_, _| vec!["false".to_owned()]),
    ],
    item: write,
};

static ASSOCIATIONS: Listing = Listing {
    set: "associations",
    filters: ATTACHED,
    item: |request, shown, xml| {
        write_attachment(request, shown.id(), xml).text("state", "associated")
    },
};

static PROPAGATIONS: Listing = Listing {
    set: "transitGatewayRouteTablePropagations",
    filters: ATTACHED,
    item: |request, shown, xml| write_attachment(request, shown.id(), xml).text("state", "enabled"),
};

/// The filters of associations and propagations.
const ATTACHED: &[(&str, Filter)] = &[
    ("transit-gateway-attachment-id", by_id),
    ("resource-type", |_, _| vec!["vpc".to_owned()]),
    ("resource-id", by_parent),
];

/// CreateTransitGatewayRouteTable.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let transit_gateway_id = request.named("TransitGatewayId")?;
    let name = request.new_id("tgw-rtb");
    let reply = request.perform(CreateTransitGatewayRouteTable { transit_gateway_id }, &name)?;
    let now = request.now();
    request.state.keep(&name, "created", now);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("transitGatewayRouteTable", |xml| write(request, &shown, xml)))
}

/// DeleteTransitGatewayRouteTable.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let name = Name::new(request.form.mentioned("TransitGatewayRouteTableId"));
    let reply = request.perform(DeleteTransitGatewayRouteTable { route_table_id }, &"".into())?;
    let mut shown = request.made(name, &reply);
    shown.state = Some("deleting");
    Ok(xml.element("transitGatewayRouteTable", |xml| write(request, &shown, xml)))
}

/// DescribeTransitGatewayRouteTables: those that were made, as no gateway has a default one.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_ids = request.all_named("TransitGatewayRouteTableIds");
    let call = DescribeTransitGatewayRouteTables { route_table_ids };
    let reply = request.perform(call, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// AssociateTransitGatewayRouteTable.
pub(super) fn associate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let call = AssociateTransitGatewayRouteTable { route_table_id, attachment_id };
    request.perform(call, &"".into())?;
    Ok(xml.element("association", |xml| write_routing(request, "associating", xml)))
}

/// EnableTransitGatewayRouteTablePropagation.
pub(super) fn propagate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let call = EnableTransitGatewayRouteTablePropagation { route_table_id, attachment_id };
    request.perform(call, &"".into())?;
    Ok(xml.element("propagation", |xml| write_routing(request, "enabled", xml)))
}

/// GetTransitGatewayRouteTableAssociations.
pub(super) fn associations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let call = GetTransitGatewayRouteTableAssociations { route_table_id };
    let reply = request.perform(call, &"".into())?;
    ASSOCIATIONS.write(request, request.listed(&reply), xml)
}

/// GetTransitGatewayRouteTablePropagations.
pub(super) fn propagations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let call = GetTransitGatewayRouteTablePropagations { route_table_id };
    let reply = request.perform(call, &"".into())?;
    PROPAGATIONS.write(request, request.listed(&reply), xml)
}

fn gateway<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    match request.kind(&shown.name) {
        Some(Kind::TransitGatewayRouteTable { gateway, .. }) => gateway.as_str(),
        _ => "",
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("transitGatewayRouteTableId", shown.id())
        .text("transitGatewayId", gateway(request, shown))
        .text("state", shown.state.unwrap_or("available"))
        .text("defaultAssociationRouteTable", "false")
        .text("defaultPropagationRouteTable", "false")
        .text("creationTime", request.state.attribute(&shown.name, "created"));
    tags::write(request, shown, xml)
}

fn write_attachment(request: &Request<'_>, attachment: &str, xml: Xml) -> Xml {
    xml.text("transitGatewayAttachmentId", attachment)
        .text("resourceId", request.parent(&attachment.into()))
        .text("resourceType", "vpc")
}

/// The table and the attachment of a call.
fn write_routing(request: &Request<'_>, state: &str, xml: Xml) -> Xml {
    let table = request.form.mentioned("TransitGatewayRouteTableId");
    let attachment = request.form.mentioned("TransitGatewayAttachmentId");
    write_attachment(request, attachment, xml.text("transitGatewayRouteTableId", table))
        .text("state", state)
}
