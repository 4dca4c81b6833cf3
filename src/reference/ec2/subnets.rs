//! Subnets, with their attributes.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    CreateSubnet, DeleteSubnet, DescribeSubnets, ModifySubnetAttribute,
};
use bellwether_model::world::Kind;

use super::attributes::{not_taken, truth, word};
use super::blocks::Block;
use super::listing::Listing;
use super::{Request, Shown, addresses, done, missing, regions, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The attributes of a subnet that can be modified and are true or false: the parameter, and the element
/// that shows it.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html>
static FLAGS: [(&str, &str); 2] =
    [("MapPublicIpOnLaunch", "mapPublicIpOnLaunch"), ("EnableDns64", "enableDns64")];
/// The same of those that are about the names of instances.
static NAME_FLAGS: [(&str, &str); 2] = [
    ("EnableResourceNameDnsARecordOnLaunch", "enableResourceNameDnsARecord"),
    ("EnableResourceNameDnsAAAARecordOnLaunch", "enableResourceNameDnsAAAARecord"),
];
/// The parameter that says what the names of instances are made of, and its values.
const NAMES: &str = "PrivateDnsHostnameTypeOnLaunch";
const NAME_TYPES: [&str; 2] = ["ip-name", "resource-name"];

static LISTING: Listing = Listing { set: "subnetSet", item: write };

/// CreateSubnet.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let vpc = request.named("VpcId")?;
    let block = Block::read(request.required("CidrBlock")?)?;
    if let Some(vpc) = vpc.name().filter(|_| request.owns(&vpc)) {
        require_room(request, vpc, block)?;
    }
    let zone = regions::named_zone(request, "AvailabilityZone", "AvailabilityZoneId")?;
    let name = request.new_id("subnet");
    let vpc_id = Some(vpc);
    let reply = request.perform(CreateSubnet { vpc_id }, &name)?;
    request.state.keep(&name, "block", block.to_string());
    request.state.keep(&name, "zone", zone);
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

/// ModifySubnetAttribute: one attribute for each request, as AWS documents it.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    let name = Name::new(request.form.mentioned("SubnetId"));
    let mut changes = Vec::new();
    for (parameter, _) in FLAGS.into_iter().chain(NAME_FLAGS) {
        let value = truth(&request.form, &format!("{parameter}.Value"))?;
        changes.extend(value.map(|value| (parameter, value.to_string())));
    }
    // These take addresses of IPv6 or of customers, of which there are none.
    for parameter in ["AssignIpv6AddressOnCreation", "MapCustomerOwnedIpOnLaunch"] {
        let value = truth(&request.form, &format!("{parameter}.Value"))?;
        if value == Some(true) {
            return Err(not_taken(parameter, "true", "The reference has IPv4 addresses alone."));
        }
        changes.extend(value.map(|value| (parameter, value.to_string())));
    }
    let names = word(&request.form, NAMES, &NAME_TYPES, "")?;
    changes.extend((!names.is_empty()).then(|| (NAMES, names.to_owned())));
    request.perform(ModifySubnetAttribute { subnet_id }, &"".into())?;
    if changes.len() > 1 {
        let message = "Only one attribute of a subnet can be modified by a request.";
        return Err(Failure::new("InvalidParameterCombination", message));
    }
    let (parameter, value) = changes.pop().ok_or_else(|| missing(FLAGS[0].0))?;
    request.state.keep(&name, parameter, value);
    Ok(done(xml))
}

/// Whether instances that are launched into a subnet get a public address by themselves.
pub(super) fn maps_public_addresses(request: &Request<'_>, subnet: &Name) -> bool {
    request.state.attribute(subnet, FLAGS[0].0) == "true"
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let state = &*request.state;
    let block = state.attribute(&shown.name, "block");
    let zone = state.attribute(&shown.name, "zone");
    let zone_id = shown.zone_id.clone().unwrap_or_else(|| regions::zone_id(zone));
    let vpc = state.world.vpc_of(&shown.name);
    let free = addresses::free(request, &shown.name);
    let flag = |parameter| match state.attribute(&shown.name, parameter) {
        "" => "false",
        value => value,
    };
    let names = match state.attribute(&shown.name, NAMES) {
        "" => NAME_TYPES[0],
        value => value,
    };
    let show =
        |xml: Xml, (parameter, element): (&'static str, &str)| xml.text(element, flag(parameter));
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
        .text("mapCustomerOwnedIpOnLaunch", "false")
        .text("assignIpv6AddressOnCreation", "false")
        .text("ipv6Native", "false");
    let xml = FLAGS
        .into_iter()
        .fold(xml, show)
        .element("ipv6CidrBlockAssociationSet", |xml| xml)
        .element("privateDnsNameOptionsOnLaunch", |xml| {
            NAME_FLAGS.into_iter().fold(xml.text("hostnameType", names), show)
        });
    tags::write(request, shown, xml)
}
