//! Route tables of transit gateways, those that were made and the default ones: with static routes alone, and
//! without consequences.

use bellwether_model::Name;
use bellwether_model::answer::Key;
use bellwether_model::operations::ec2::{
    AssociateTransitGatewayRouteTable, CreateTransitGatewayRoute, CreateTransitGatewayRouteTable,
    DeleteTransitGatewayRoute, DeleteTransitGatewayRouteTable, DescribeTransitGatewayRouteTables,
    DisassociateTransitGatewayRouteTable, EnableTransitGatewayRouteTablePropagation,
    GetTransitGatewayRouteTableAssociations, GetTransitGatewayRouteTablePropagations,
    SearchTransitGatewayRoutes,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;

use super::beside::{DEFAULT_TABLE, GATEWAY};
use super::listing::{self, Listing};
use super::transit_gateways::{DEFAULT_ASSOCIATION, DEFAULT_PROPAGATION};
use super::{Request, Shown, beside, ended, missing, set, tags};
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
    require_made(request)?;
    let reply = request.perform(DeleteTransitGatewayRouteTable { route_table_id }, &"".into())?;
    ended::keep(request, &name);
    let mut shown = request.made(name, &reply);
    shown.state = Some("deleting");
    Ok(xml.element("transitGatewayRouteTable", |xml| write(request, &shown, xml)))
}

/// DescribeTransitGatewayRouteTables: those that were made, and the default ones.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.form.list("TransitGatewayRouteTableIds");
    let (of_defaults, others): (Vec<&str>, Vec<&str>) =
        asked.iter().partition(|id| default_of(request, &(**id).into()).is_some());
    let mut seen = Vec::new();
    if asked.is_empty() || !others.is_empty() {
        let named = others.into_iter().map(|id| request.reference(id)).collect();
        let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayRouteTable { .. });
        let call = |route_table_ids| DescribeTransitGatewayRouteTables { route_table_ids };
        seen = ended::listed(request, named, is_one, call)?;
    }
    let is_asked = |shown: &Shown| asked.is_empty() || of_defaults.contains(&shown.id());
    seen.extend(defaults(request).into_iter().filter(is_asked));
    LISTING.write(request, seen, xml)
}

/// AssociateTransitGatewayRouteTable.
pub(super) fn associate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    let attachment_id = request.named("TransitGatewayAttachmentId")?;
    require_made(request)?;
    require_unassociated(request, &attachment_id)?;
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
    require_made(request)?;
    let call = EnableTransitGatewayRouteTablePropagation { route_table_id, attachment_id };
    request.perform(call, &"".into())?;
    Ok(xml.element("propagation", |xml| write_routing(request, "enabled", xml)))
}

/// GetTransitGatewayRouteTableAssociations.
pub(super) fn associations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    if let Some(routed) = routed_by_default(request, DEFAULT_ASSOCIATION)? {
        return ASSOCIATIONS.write(request, routed, xml);
    }
    let call = GetTransitGatewayRouteTableAssociations { route_table_id };
    let reply = request.perform(call, &"".into())?;
    ASSOCIATIONS.write(request, request.listed(&reply), xml)
}

/// GetTransitGatewayRouteTablePropagations.
pub(super) fn propagations(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("TransitGatewayRouteTableId")?;
    if let Some(routed) = routed_by_default(request, DEFAULT_PROPAGATION)? {
        return PROPAGATIONS.write(request, routed, xml);
    }
    let call = GetTransitGatewayRouteTablePropagations { route_table_id };
    let reply = request.perform(call, &"".into())?;
    PROPAGATIONS.write(request, request.listed(&reply), xml)
}

/// Keeps the default route table of a new gateway, if its options are for one.
pub(super) fn keep_default(request: &mut Request<'_>, gateway: &Name) {
    let is_on = |option| request.state.attribute(gateway, option) == "enable";
    if is_on(DEFAULT_ASSOCIATION) || is_on(DEFAULT_PROPAGATION) {
        let table = request.new_id("tgw-rtb");
        let now = request.now();
        request.state.keep(gateway, DEFAULT_TABLE, table.as_str());
        request.state.keep(&table, GATEWAY, gateway.as_str());
        request.state.keep(&table, "created", now);
    }
}

/// Writes the default route table of a gateway among its options.
pub(super) fn write_defaults(request: &Request<'_>, gateway: &Name, xml: Xml) -> Xml {
    let table = request.state.attribute(gateway, DEFAULT_TABLE);
    [
        (DEFAULT_ASSOCIATION, "associationDefaultRouteTableId"),
        (DEFAULT_PROPAGATION, "propagationDefaultRouteTableId"),
    ]
    .into_iter()
    .filter(|(option, _)| request.state.attribute(gateway, option) == "enable")
    .fold(xml, |xml, (_, element)| xml.text(element, table))
}

/// The default route tables of the caller's gateways. The model does not know of them.
fn defaults(request: &Request<'_>) -> Vec<Shown> {
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
    let seen = request.state.world.sights_of(request.caller, is_one).into_iter();
    let own = seen.filter(|(_, gateway, sight)| gateway.owner == request.caller && sight.is_seen());
    own.filter_map(|(gateway, _, _)| beside::part(request, gateway, DEFAULT_TABLE)).collect()
}

/// The caller's gateway whose default route table has this id; `None` if there is none.
fn default_of<'r>(request: &'r Request<'_>, table: &Name) -> Option<&'r str> {
    let gateway = request.state.attribute(table, GATEWAY);
    let owns = !gateway.is_empty() && request.owns(&request.reference(gateway));
    owns.then_some(gateway)
}

/// Requires that the route table of a request is no default one.
fn require_made(request: &Request<'_>) -> Result<(), Failure> {
    let table = Name::new(request.form.mentioned("TransitGatewayRouteTableId"));
    if default_of(request, &table).is_none() {
        return Ok(());
    }
    let message =
        "The reference does not have changes of the default route tables of transit gateways.";
    Err(Failure::new("UnsupportedOperation", message))
}

/// Requires that an attachment is not associated with the default route table of its gateway.
fn require_unassociated(request: &Request<'_>, attachment: &Reference) -> Result<(), Failure> {
    let Some((name, Kind::TransitGatewayAttachment { gateway, waiting: false, .. })) =
        attachment.name().and_then(|name| Some((name, request.kind(name)?)))
    else {
        return Ok(());
    };
    let is_default = request.state.attribute(gateway, DEFAULT_ASSOCIATION) == "enable";
    if !is_default || !request.owns(&Reference::Named(gateway.clone())) {
        return Ok(());
    }
    let message =
        format!("Transit Gateway Attachment {name} is already associated to a route table.");
    Err(Failure::new("Resource.AlreadyAssociated", message))
}

/// The attachments that the default route table of a request routes by this option of its gateway; `None`
/// if the table is no default one.
fn routed_by_default(
    request: &Request<'_>,
    option: &'static str,
) -> Result<Option<Vec<Shown>>, Failure> {
    let table = Name::new(request.form.mentioned("TransitGatewayRouteTableId"));
    let Some(to) = default_of(request, &table) else { return Ok(None) };
    request.unless_tried()?;
    let is_on = request.state.attribute(&to.into(), option) == "enable";
    let attachments = request.state.world.resources.iter().filter(|(_, it)| {
        is_on
            && !it.deleted
            && matches!(&it.kind, Kind::TransitGatewayAttachment { gateway, waiting: false, .. }
                if gateway.as_str() == to)
    });
    Ok(Some(attachments.map(|(name, _)| request.shown(name.clone(), &[])).collect()))
}

/// Whether a route table is the default one of its gateway by this option.
fn is_default(request: &Request<'_>, shown: &Shown, option: &'static str) -> bool {
    let of = gateway(request, shown).into();
    request.state.attribute(&of, DEFAULT_TABLE) == shown.id()
        && request.state.attribute(&of, option) == "enable"
}

/// The gateway of a route table.
fn gateway<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    match request.kind(&shown.name) {
        Some(Kind::TransitGatewayRouteTable { gateway, .. }) => gateway.as_str(),
        _ => request.state.attribute(&shown.name, GATEWAY),
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let is_default = |option| is_default(request, shown, option);
    let xml = xml
        .text("transitGatewayRouteTableId", shown.id())
        .text("transitGatewayId", gateway(request, shown))
        .text("state", shown.state.unwrap_or("available"))
        .text("defaultAssociationRouteTable", &is_default(DEFAULT_ASSOCIATION).to_string())
        .text("defaultPropagationRouteTable", &is_default(DEFAULT_PROPAGATION).to_string())
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
