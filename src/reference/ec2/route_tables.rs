//! Route tables: the local route and those to transit gateways, all without consequences.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    CreateRoute, CreateRouteTable, DeleteRouteTable, DescribeRouteTables,
};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{Request, Shown, done, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attribute that keeps the routes of a table: its blocks, with the gateway of each.
const ROUTES: &str = "routes";

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

/// CreateRoute: to a transit gateway.
pub(super) fn create_route(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("RouteTableId")?;
    let transit_gateway_id = request.named("TransitGatewayId")?;
    let block = request.required("DestinationCidrBlock")?;
    request.perform(CreateRoute { route_table_id, transit_gateway_id }, &"".into())?;
    let name = Name::new(request.form.mentioned("RouteTableId"));
    let mut routes = request.table(&name, ROUTES);
    routes.insert(block.to_owned(), request.form.mentioned("TransitGatewayId").to_owned());
    request.keep_table(&name, ROUTES, &routes);
    Ok(done(xml))
}

/// DeleteRouteTable.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_id = request.named("RouteTableId")?;
    request.perform(DeleteRouteTable { route_table_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeRouteTables: those that were made; the main ones are left out.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let route_table_ids = request.all_named("RouteTableId");
    let reply = request.perform(DescribeRouteTables { route_table_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let vpc = request.parent(&shown.name);
    let block = request.state.attribute(&vpc.into(), "block");
    let xml =
        xml.text("routeTableId", shown.id()).text("vpcId", vpc).text("ownerId", &shown.owner());
    let local = (block.to_owned(), None);
    let known = |gateway: &str| {
        matches!(request.kind(&shown.name), Some(Kind::RouteTable { gateways, .. })
            if gateways.contains(gateway))
    };
    let routes = request.table(&shown.name, ROUTES).into_iter();
    let routes = routes.filter(|(_, gateway)| known(gateway));
    let routes = routes.map(|(block, gateway)| (block, Some(gateway)));
    let xml =
        set(xml, "routeSet", std::iter::once(local).chain(routes), |xml, (block, gateway)| {
            let xml = xml.text("destinationCidrBlock", &block);
            let (xml, origin) = match gateway {
                None => (xml.text("gatewayId", "local"), "CreateRouteTable"),
                Some(gateway) => (xml.text("transitGatewayId", &gateway), "CreateRoute"),
            };
            xml.text("state", "active").text("origin", origin)
        });
    let xml = xml.element("associationSet", |xml| xml).element("propagatingVgwSet", |xml| xml);
    tags::write(request, shown, xml)
}
