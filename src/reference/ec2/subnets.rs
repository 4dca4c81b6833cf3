//! Subnets.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    CreateSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute,
};
use bellwether_model::parameters::Reference;
use bellwether_model::world::Kind;

use super::blocks::Block;
use super::listing::Listing;
use super::{Request, Shown, done, regions, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The number of addresses of a subnet that AWS keeps for itself: one is the last, the others come first.
const RESERVED: u32 = 5;

static LISTING: Listing = Listing { set: "subnetSet", item: write };

/// CreateSubnet.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc = request.named("VpcId")?;
    let block = Block::read(request.required("CidrBlock")?)?;
    if let Some(vpc) = vpc.name().filter(|_| request.owns(&vpc)) {
        require_room(request, vpc, block)?;
    }
    let name = request.new_id("subnet");
    let vpc_id = Some(vpc);
    let reply = request.perform(CreateSubnet { vpc_id }, &name)?;
    let first_zone = format!("{}a", request.state.region);
    let zone = request.form.value("AvailabilityZone");
    request.state.keep(&name, "block", block.to_string());
    request.state.keep(&name, "zone", zone.unwrap_or(&first_zone));
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("subnet", |xml| write(request, &shown, xml)))
}

/// Requires that a block is in its VPC, and free.
fn require_room(request: &Request<'_>, vpc: &Name, block: Block) -> Result<(), Failure> {
    let outside = Block::read(request.state.attribute(vpc, "block"))?;
    if !block.is_of_allowed_size() || !outside.holds(block) {
        let message = format!("The CIDR '{block}' is invalid.");
        return Err(Failure::new("InvalidSubnet.Range", message));
    }
    let taken = request.state.world.resources.iter().any(|(name, resource)| {
        let beside = matches!(&resource.kind, Kind::Subnet { vpc: of } if of == vpc);
        let other = Block::read(request.state.attribute(name, "block"));
        beside && !resource.deleted && other.is_ok_and(|other| other.overlaps(block))
    });
    if taken {
        let message = format!("The CIDR '{block}' conflicts with another subnet");
        return Err(Failure::new("InvalidSubnet.Conflict", message));
    }
    Ok(())
}

/// DeleteSubnet.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    request.perform(DeleteSubnet { subnet_id }, &"".into())?;
    Ok(done(xml))
}

/// DescribeSubnets.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_ids = request.all_named("SubnetId");
    let reply = request.perform(DescribeSubnets { subnet_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// ModifySubnetAttribute: for the owner alone, and without consequences.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    request.perform(ModifySubnetAttribute { subnet_id }, &"".into())?;
    Ok(done(xml))
}

/// The next free address of a subnet; an empty text if no subnet is named.
pub(super) fn next_address(request: &mut Request<'_>, subnet: Option<&Reference>) -> String {
    let Some(subnet) = subnet.and_then(Reference::name) else {
        return String::new();
    };
    let taken: u32 = request.state.attribute(subnet, "taken").parse().unwrap_or(0);
    request.state.keep(subnet, "taken", (taken + 1).to_string());
    let block = Block::read(request.state.attribute(subnet, "block"));
    block.map_or_else(|_| String::new(), |block| block.address(RESERVED - 1 + taken).to_string())
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let state = &*request.state;
    let block = state.attribute(&shown.name, "block");
    let zone = state.attribute(&shown.name, "zone");
    let zone_id = shown.zone_id.clone().unwrap_or_else(|| regions::zone_id(zone));
    let vpc = state.world.vpc_of(&shown.name);
    let free = Block::read(block).map_or(0, |block| block.size().saturating_sub(RESERVED));
    let inside = state.world.inside(&shown.name).count();
    let free = free.saturating_sub(u32::try_from(inside).unwrap_or(u32::MAX));
    let xml = xml
        .text("subnetId", shown.id())
        .text("subnetArn", &request.arn(shown, "subnet"))
        .text("ownerId", &shown.owner())
        .text("vpcId", vpc.map_or("", |vpc| vpc.as_str()))
        .text("state", "available")
        .text("cidrBlock", block)
        .text("availabilityZone", zone)
        .text("availabilityZoneId", &zone_id)
        .text("availableIpAddressCount", &free.to_string())
        .text("defaultForAz", "false")
        .text("mapPublicIpOnLaunch", "false")
        .text("mapCustomerOwnedIpOnLaunch", "false")
        .text("assignIpv6AddressOnCreation", "false")
        .text("enableDns64", "false")
        .text("ipv6Native", "false")
        .element("ipv6CidrBlockAssociationSet", |xml| xml)
        .element("privateDnsNameOptionsOnLaunch", |xml| {
            xml.text("hostnameType", "ip-name")
                .text("enableResourceNameDnsARecord", "false")
                .text("enableResourceNameDnsAAAARecord", "false")
        });
    tags::write(request, shown, xml)
}
