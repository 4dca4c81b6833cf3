//! NAT gateways: private ones, without addresses.

use bellwether_model::operations::ec2::{CreateNatGateway, DeleteNatGateway, DescribeNatGateways};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{Request, Shown, ended, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "natGatewaySet", item: write };

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
    ended::keep(request, &id.into());
    Ok(xml.text("natGatewayId", id))
}

/// DescribeNatGateways.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.all_named("NatGatewayId");
    let is_one = |kind: &Kind| matches!(kind, Kind::NatGateway { .. });
    let call = |nat_gateway_ids| DescribeNatGateways { nat_gateway_ids };
    let seen = ended::listed(request, asked, is_one, call)?;
    LISTING.write(request, seen, xml)
}

/// The VPC of a NAT gateway's subnet.
fn vpc<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    request.parent(&request.parent(&shown.name).into())
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let xml = xml
        .text("natGatewayId", shown.id())
        .text("subnetId", request.parent(&shown.name))
        .text("vpcId", vpc(request, shown))
        .text("state", shown.state.unwrap_or("available"))
        .text("connectivityType", "private")
        .text("createTime", request.state.attribute(&shown.name, "created"))
        .element("natGatewayAddressSet", |xml| xml);
    tags::write(request, shown, xml)
}
