//! Route tables of transit gateways: with static routes alone, and without consequences.

use bellwether_model::Name;
use bellwether_model::answer::Key;
use bellwether_model::operations::ec2::{
    AssociateTransitGatewayRouteTable, CreateTransitGatewayRoute, CreateTransitGatewayRouteTable,
    DeleteTransitGatewayRoute, DeleteTransitGatewayRouteTable, DescribeTransitGatewayRouteTables,
    DisassociateTransitGatewayRouteTable, EnableTransitGatewayRouteTablePropagation,
    GetTransitGatewayRouteTableAssociations, GetTransitGatewayRouteTablePropagations,
    SearchTransitGatewayRoutes,
};
use bellwether_model::world::Kind;

use super::listing::{self, Listing};
use super::{Request, Shown, missing, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "transitGatewayRouteTables", item: write };

static ASSOCIATIONS: Listing = Listing {
    set: "associations",
    item: |request, shown, xml| {
        write_attachment(request, shown.id(), xml).text("state", "associated")
    },
};

static PROPAGATIONS: Listing = Listing {
    set: "transitGatewayRouteTablePropagations",
    item: |request, shown, xml| write_attachment(request, shown.id(), xml).text("state", "enabled"),
};

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

/// DisassociateTransitGatewayRouteTable.
pub(super) fn disassociate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let call = DisassociateTransitGatewayRouteTable { route_table_id, attachment_id };
    request.perform(call, &"".into())?;
    Ok(xml.element("association", |xml| write_routing(request, "disassociating", xml)))
}

/// CreateTransitGatewayRoute: routes that lead nowhere are not served.
pub(super) fn create_route(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    let destination_cidr_block = request.required("DestinationCidrBlock")?.into();
    let call = CreateTransitGatewayRoute { route_table_id, attachment_id, destination_cidr_block };
    request.perform(call, &"".into())?;
    let attachment = request.form.mentioned("TransitGatewayAttachmentId");
    let block = request.form.mentioned("DestinationCidrBlock");
    Ok(xml.element("route", |xml| write_route(request, (block, attachment), "active", xml)))
}

/// DeleteTransitGatewayRoute.
pub(super) fn delete_route(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let block = request.required("DestinationCidrBlock")?;
    let table = route_table_id.name().and_then(|name| request.kind(name));
    let attachment = match table {
        Some(Kind::TransitGatewayRouteTable { routes, .. }) => routes.get(block).cloned(),
        _ => None,
    };
    let call = DeleteTransitGatewayRoute { route_table_id, destination_cidr_block: block.into() };
    request.perform(call, &"".into())?;
    let attachment = attachment.as_ref().map_or("", Name::as_str);
    Ok(xml.element("route", |xml| write_route(request, (block, attachment), "deleted", xml)))
}

/// SearchTransitGatewayRoutes: all routes are static and active.
pub(super) fn search_routes(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    if request.form.members("Filter").is_empty() {
        return Err(missing("Filter"));
    }
    let reply = request.perform(SearchTransitGatewayRoutes { route_table_id }, &"".into())?;
    let mut routes = Vec::new();
    for row in reply.rows.iter().filter(|row| row.present) {
        let Key::Resource(attachment) = &row.key else { continue };
        let blocks = row.fields.iter().filter_map(|field| field.expected.texts()).flatten();
        routes.extend(blocks.map(|block| (block.as_str(), attachment.as_str())));
    }
    let item = |route: &(&str, &str), xml| write_route(request, *route, "active", xml);
    let xml = listing::write(request, "routeSet", routes, item, xml)?;
    Ok(xml.text("additionalRoutesAvailable", "false"))
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

/// A static route for a block of addresses, to an attachment.
fn write_route(
    request: &Request<'_>,
    (block, attachment): (&str, &str),
    state: &str,
    xml: Xml,
) -> Xml {
    let xml = xml.text("destinationCidrBlock", block).text("type", "static").text("state", state);
    let attachments = [attachment].into_iter().filter(|it| !it.is_empty());
    set(xml, "transitGatewayAttachments", attachments, |xml, attachment| {
        write_attachment(request, attachment, xml)
    })
}

/// The table and the attachment of a call.
fn write_routing(request: &Request<'_>, state: &str, xml: Xml) -> Xml {
    let table = request.form.mentioned("TransitGatewayRouteTableId");
    let attachment = request.form.mentioned("TransitGatewayAttachmentId");
    write_attachment(request, attachment, xml.text("transitGatewayRouteTableId", table))
        .text("state", state)
}
