//! NAT gateways: private ones, without addresses.

use bellwether_model::operations::ec2::{CreateNatGateway, DeleteNatGateway, DescribeNatGateways};
use bellwether_model::world::Kind;

use super::listing::{Listing, by_availability, by_id};
use super::{Request, Shown, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing {
    set: "natGatewaySet",
    filters: &[
        ("nat-gateway-id", by_id),
        ("state", by_availability),
        ("subnet-id", |request, shown| vec![place(request, shown).0.to_owned()]),
        ("vpc-id", |request, shown| vec![place(request, shown).1.to_owned()]),
    ],
    item: write,
};

/// CreateNatGateway: a public one needs an address, of which there are none.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    if request.form.value("ConnectivityType") != Some("private") {
        let id = request.required("AllocationId")?;
        let message = format!("The allocation ID '{id}' does not exist");
        return Err(Failure::new("InvalidAllocationID.NotFound", message));
    }
    let name = request.new_id("nat");
    let reply = request.perform(CreateNatGateway { subnet_id }, &name)?;
    let now = request.now();
    request.state.keep(&name, "created", now);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("natGateway", |xml| write(request, &shown, xml)))
}

/// DeleteNatGateway.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let nat_gateway_id = request.named("NatGatewayId")?;
    let id = request.required("NatGatewayId")?;
    request.perform(DeleteNatGateway { nat_gateway_id }, &"".into())?;
    Ok(xml.text("natGatewayId", id))
}

/// DescribeNatGateways: those that were deleted are left out.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let nat_gateway_ids = request.all_named("NatGatewayId");
    let reply = request.perform(DescribeNatGateways { nat_gateway_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// The subnet and the VPC of a NAT gateway.
fn place<'r>(request: &'r Request<'_>, shown: &Shown) -> (&'r str, &'r str) {
    match request.kind(&shown.name) {
        Some(Kind::NatGateway { subnet }) => {
            let vpc = request.state.world.vpc_of(subnet);
            (subnet.as_str(), vpc.map_or("", |vpc| vpc.as_str()))
        }
        _ => ("", ""),
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let (subnet, vpc) = place(request, shown);
    let xml = xml
        .text("natGatewayId", shown.id())
        .text("subnetId", subnet)
        .text("vpcId", vpc)
        .text("state", "available")
        .text("connectivityType", "private")
        .text("createTime", request.state.attribute(&shown.name, "created"))
        .element("natGatewayAddressSet", |xml| xml);
    tags::write(request, shown, xml)
}
