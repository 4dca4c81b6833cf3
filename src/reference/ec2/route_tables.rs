//! Route tables: those that were made, and the main one of each VPC, with their routes and associations,
//! all without consequences.

use bellwether_model::Name;
use bellwether_model::compute::is_attached;
use bellwether_model::operations::ec2::{
    CreateRoute, CreateRouteTable, DeleteRouteTable, DescribeInternetGateways, DescribeRouteTables,
    DescribeSubnets,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;

use super::blocks::network;
use super::listing::Listing;
use super::{Request, Shown, beside, done, invalid, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attribute that keeps the routes of a table: its blocks, with the gateway of each.
const ROUTES: &str = "routes";
/// The attribute of a subnet that keeps the table that it is associated with, and that of the association.
const TABLE: &str = "route-table";
const ASSOCIATION: &str = "route-table-association";

static LISTING: Listing = Listing { set: "routeTableSet", item: write };

/// CreateRouteTable.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let name = request.new_id("rtb");
    let reply = request.perform(CreateRouteTable { vpc_id }, &name)?;
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("routeTable", |xml| write(request, &shown, xml)))
}

/// CreateRoute: to a transit gateway, or to the internet gateway of the VPC.
pub(super) fn create_route(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("RouteTableId")?;
    let block = network(request.required("DestinationCidrBlock")?)?.to_string();
    let name = Name::new(request.form.mentioned("RouteTableId"));
    if owns_table(request, &route_table_id) {
        require_free(request, &name, &block)?;
    }
    let to = if let Some(id) = request.form.value("GatewayId") {
        require_own_table(request, &route_table_id)?;
        require_attached(request, &name, id)?;
        id
    } else {
        let transit_gateway_id = request.named("TransitGatewayId")?;
        route_to_transit_gateway(request, route_table_id, transit_gateway_id)?;
        request.form.mentioned("TransitGatewayId")
    };
    request.unless_tried()?;
    let mut routes = request.table(&name, ROUTES);
    routes.insert(block, to.to_owned());
    request.keep_table(&name, ROUTES, &routes);
    Ok(done(xml))
}

/// Requires that a table has no route for a block yet.
fn require_free(request: &Request<'_>, table: &Name, block: &str) -> Result<(), Failure> {
    let local = request.state.attribute(&beside::vpc(request, table), "block") == block;
    if !local && !request.table(table, ROUTES).contains_key(block) {
        return Ok(());
    }
    let message = format!("The route identified by {block} already exists.");
    Err(Failure::new("RouteAlreadyExists", message))
}

/// Routes to a transit gateway. The model knows of main tables nothing: their routes are without
/// consequences.
fn route_to_transit_gateway(
    request: &mut Request<'_>,
    route_table_id: Reference,
    transit_gateway_id: Reference,
) -> Result<(), Failure> {
    let table = Name::new(request.form.mentioned("RouteTableId"));
    if !is_own_main(request) {
        request.perform(CreateRoute { route_table_id, transit_gateway_id }, &"".into())?;
        return Ok(());
    }
    let world = &request.state.world;
    let vpc = beside::vpc(request, &table);
    if transit_gateway_id.name().is_some_and(|to| is_attached(world, &vpc, to)) {
        return Ok(());
    }
    let id = request.form.mentioned("TransitGatewayId");
    let message = format!("The transitGateway ID '{id}' does not exist");
    Err(Failure::new("InvalidTransitGatewayID.NotFound", message))
}

/// Requires that an internet gateway is the caller's, and attached to the VPC of a table.
fn require_attached(request: &mut Request<'_>, table: &Name, id: &str) -> Result<(), Failure> {
    let gateway = request.reference(id);
    let internet_gateway_ids = vec![gateway.clone()];
    request.require_own(&gateway, DescribeInternetGateways { internet_gateway_ids })?;
    if request.parent(&id.into()) == beside::vpc(request, table).as_str() {
        return Ok(());
    }
    Err(invalid(format!(
        "route table {table} and network gateway {id} belong to different networks"
    )))
}

/// DeleteRouteTable.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("RouteTableId")?;
    let name = Name::new(request.form.mentioned("RouteTableId"));
    if !associations(request, &name).is_empty() && owns_table(request, &route_table_id) {
        let message = format!("The routeTable '{name}' has dependencies and cannot be deleted.");
        return Err(Failure::new("DependencyViolation", message));
    }
    request.perform(DeleteRouteTable { route_table_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeRouteTables: those that were made, and the main ones.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.form.list("RouteTableId");
    let call = |route_table_ids| DescribeRouteTables { route_table_ids };
    let mains = mains(request);
    let seen = beside::listed(request, &asked, mains, call)?;
    LISTING.write(request, seen, xml)
}

/// AssociateRouteTable: with a subnet.
pub(super) fn associate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("RouteTableId")?;
    let subnet_id = request.named("SubnetId")?;
    require_own_table(request, &route_table_id)?;
    request.require_own(&subnet_id, DescribeSubnets { subnet_ids: vec![subnet_id.clone()] })?;
    let table = Name::new(request.form.mentioned("RouteTableId"));
    let subnet = Name::new(request.form.mentioned("SubnetId"));
    if request.parent(&subnet) != beside::vpc(request, &table).as_str() {
        return Err(invalid(format!(
            "route table {table} and network {subnet} belong to different networks"
        )));
    }
    if !request.state.attribute(&subnet, TABLE).is_empty() {
        let message = format!(
            "the specified association for route table {table} conflicts with an existing \
             association"
        );
        return Err(Failure::new("Resource.AlreadyAssociated", message));
    }
    request.unless_tried()?;
    let association = request.new_id("rtbassoc");
    request.state.keep(&subnet, TABLE, table.as_str());
    request.state.keep(&subnet, ASSOCIATION, association.as_str());
    let associated = |xml: Xml| xml.text("state", "associated");
    Ok(xml.text("associationId", association.as_str()).element("associationState", associated))
}

/// DisassociateRouteTable: from a subnet, which the main table is for from then on.
pub(super) fn disassociate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let id = request.required("AssociationId")?;
    request.unless_tried()?;
    let own = request.state.world.resources.iter().filter(|(_, it)| {
        it.owner == request.caller && !it.deleted && matches!(it.kind, Kind::Subnet { .. })
    });
    let mut associated = own.filter(|(name, _)| request.state.attribute(name, ASSOCIATION) == id);
    let Some(subnet) = associated.next().map(|(name, _)| name.clone()) else {
        let message = format!("The association ID '{id}' does not exist");
        return Err(Failure::new("InvalidAssociationID.NotFound", message));
    };
    request.state.keep(&subnet, TABLE, "");
    request.state.keep(&subnet, ASSOCIATION, "");
    Ok(done(xml))
}

/// The main tables of the VPCs that the caller sees.
fn mains(request: &Request<'_>) -> Vec<Shown> {
    beside::of_vpcs(request, beside::MAIN_TABLE)
}

/// Whether a table is there and the caller's own.
fn owns_table(request: &Request<'_>, named: &Reference) -> bool {
    request.owns(named) || is_own_main(request)
}

/// Whether the table of a request is the main one of a VPC of the caller.
fn is_own_main(request: &Request<'_>) -> bool {
    let table = request.form.mentioned("RouteTableId").into();
    beside::owner(request, &table) == Some(request.caller)
}

/// Requires that a table is the caller's own.
fn require_own_table(request: &mut Request<'_>, named: &Reference) -> Result<(), Failure> {
    if is_own_main(request) {
        return Ok(());
    }
    request.require_own(named, DescribeRouteTables { route_table_ids: vec![named.clone()] })
}

/// The associations of a table: the id of each, with the subnet that it is for; the VPC itself if the
/// table is its main one.
fn associations(request: &Request<'_>, table: &Name) -> Vec<(String, Option<Name>)> {
    let vpc = beside::vpc(request, table);
    let inside = request.state.world.inside(&vpc);
    let with = inside.filter(|(name, _)| request.state.attribute(name, TABLE) == table.as_str());
    let with = with.map(|(name, _)| {
        (request.state.attribute(name, ASSOCIATION).to_owned(), Some(name.clone()))
    });
    let is_main = request.state.attribute(&vpc, beside::MAIN_TABLE) == table.as_str();
    let main = is_main.then(|| (table.as_str().replace("rtb-", "rtbassoc-"), None));
    main.into_iter().chain(with).collect()
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let vpc = beside::vpc(request, &shown.name);
    let block = request.state.attribute(&vpc, "block");
    let xml = xml
        .text("routeTableId", shown.id())
        .text("vpcId", vpc.as_str())
        .text("ownerId", &shown.owner());
    let local = (block.to_owned(), None);
    // What the model keeps no route to is routed by none of its rules.
    let known = |gateway: &str| match request.kind(&shown.name) {
        Some(Kind::RouteTable { gateways, .. }) => {
            gateways.contains(gateway) || is_internet_gateway(gateway)
        }
        _ => true,
    };
    let routes = request.table(&shown.name, ROUTES).into_iter();
    let routes = routes.filter(|(_, gateway)| known(gateway));
    let routes = routes.map(|(block, gateway)| (block, Some(gateway)));
    let xml =
        set(xml, "routeSet", std::iter::once(local).chain(routes), |xml, (block, gateway)| {
            let xml = xml.text("destinationCidrBlock", &block);
            let (xml, state, origin) = match gateway {
                None => (xml.text("gatewayId", "local"), "active", "CreateRouteTable"),
                Some(gateway) if is_internet_gateway(&gateway) => {
                    let attached = request.parent(&gateway.as_str().into()) == vpc.as_str();
                    let state = if attached { "active" } else { "blackhole" };
                    (xml.text("gatewayId", &gateway), state, "CreateRoute")
                }
                Some(gateway) => (xml.text("transitGatewayId", &gateway), "active", "CreateRoute"),
            };
            xml.text("state", state).text("origin", origin)
        });
    let associations = associations(request, &shown.name);
    let xml = set(xml, "associationSet", associations, |xml, (id, subnet)| {
        let xml = xml
            .text("routeTableAssociationId", &id)
            .text("routeTableId", shown.id())
            .text("main", &subnet.is_none().to_string());
        let xml = match subnet {
            Some(subnet) => xml.text("subnetId", subnet.as_str()),
            None => xml,
        };
        xml.element("associationState", |xml| xml.text("state", "associated"))
    });
    let xml = xml.element("propagatingVgwSet", |xml| xml);
    tags::write(request, shown, xml)
}

fn is_internet_gateway(id: &str) -> bool {
    id.starts_with("igw-")
}
