//! Route tables: without routes but the local one, and without consequences.

use bellwether_model::operations::ec2::{CreateRouteTable, DeleteRouteTable, DescribeRouteTables};
use bellwether_model::world::Kind;

use super::listing::{Listing, by_id, by_owner};
use super::{Request, Shown, done, set, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing {
    set: "routeTableSet",
    filters: &[
        ("route-table-id", by_id),
        ("owner-id", by_owner),
        ("vpc-id", |request, shown| vec![vpc(request, shown).to_owned()]),
        ("association.main", |_, _| vec!["false".to_owned()]),
    ],
    item: write,
};

/// CreateRouteTable.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc_id = request.named("VpcId")?;
    let name = request.new_id("rtb");
    let reply = request.perform(CreateRouteTable { vpc_id }, &name)?;
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("routeTable", |xml| write(request, &shown, xml)))
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

fn vpc<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    match request.kind(&shown.name) {
        Some(Kind::RouteTable { vpc }) => vpc.as_str(),
        _ => "",
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let vpc = vpc(request, shown);
    let block = request.state.attribute(&vpc.into(), "block");
    let xml =
        xml.text("routeTableId", shown.id()).text("vpcId", vpc).text("ownerId", &shown.owner());
    let xml = set(xml, "routeSet", [block], |xml, block| {
        xml.text("destinationCidrBlock", block)
            .text("gatewayId", "local")
            .text("state", "active")
            .text("origin", "CreateRouteTable")
    });
    let xml = xml.element("associationSet", |xml| xml).element("propagatingVgwSet", |xml| xml);
    tags::write(request, shown, xml)
}
