//! Network interfaces.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces,
    ModifyNetworkInterfaceAttribute,
};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{Request, Shown, done, missing, regions, security_groups, set, subnets, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "networkInterfaceSet", item: write };

/// CreateNetworkInterface.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    let security_group_ids = request.groups(&request.form, Some(&subnet_id));
    let name = request.new_id("eni");
    let call = CreateNetworkInterface { subnet_id: subnet_id.clone(), security_group_ids };
    let reply = request.perform(call, &name)?;
    let address = subnets::next_address(request, Some(&subnet_id));
    let description = request.form.value("Description").unwrap_or_default();
    request.state.keep(&name, "address", address);
    request.state.keep(&name, "description", description);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("networkInterface", |xml| write(request, &shown, xml)))
}

/// DeleteNetworkInterface.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_interface_id = request.named("NetworkInterfaceId")?;
    let call = DeleteNetworkInterface { network_interface_id };
    request.perform(call, &"".into())?;
    Ok(done(xml))
}

/// DescribeNetworkInterfaces.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_interface_ids = request.all_named("NetworkInterfaceId");
    let call = DescribeNetworkInterfaces { network_interface_ids };
    let reply = request.perform(call, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// ModifyNetworkInterfaceAttribute: the security groups alone.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_interface_id = request.named("NetworkInterfaceId")?;
    let subnet = match network_interface_id.name().and_then(|name| request.kind(name)) {
        Some(Kind::NetworkInterface { subnet, .. }) => Some(Reference::Named(subnet.clone())),
        Some(_) | None => None,
    };
    let is_changeable = subnet.as_ref().is_some_and(|subnet| request.owns(subnet))
        && request.owns(&network_interface_id);
    if request.form.list("SecurityGroupId").is_empty() && is_changeable {
        return Err(missing("SecurityGroupId"));
    }
    let groups = match request.groups(&request.form, subnet.as_ref()) {
        Groups::Named(groups) => groups,
        Groups::OwnPlain | Groups::Unnamed => Vec::new(),
    };
    let call = ModifyNetworkInterfaceAttribute { network_interface_id, groups };
    request.perform(call, &"".into())?;
    Ok(done(xml))
}

/// The place of an interface.
struct Place {
    subnet: Name,
    vpc: String,
    groups: Vec<Name>,
}

fn place(request: &Request<'_>, shown: &Shown) -> Place {
    let Some(Kind::NetworkInterface { subnet, groups }) = request.kind(&shown.name) else {
        return Place { subnet: Name::none(), vpc: String::new(), groups: Vec::new() };
    };
    let vpc = request.state.world.vpc_of(subnet);
    Place {
        groups: security_groups::or_default(request, vpc, groups),
        subnet: subnet.clone(),
        vpc: vpc.map(ToString::to_string).unwrap_or_default(),
    }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let state = &*request.state;
    let place = place(request, shown);
    let address = state.attribute(&shown.name, "address");
    let zone = state.attribute(&place.subnet, "zone");
    let digits = shown.id().trim_start_matches("eni-0");
    let pair = |start: usize| digits.get(start..start + 2).unwrap_or("00");
    let hardware = format!("02:{}:{}:{}:{}:{}", pair(0), pair(2), pair(4), pair(6), pair(8));
    let xml = xml
        .text("networkInterfaceId", shown.id())
        .text("subnetId", place.subnet.as_str())
        .text("vpcId", &place.vpc)
        .text("ownerId", &shown.owner())
        .text("availabilityZone", zone)
        .text("availabilityZoneId", &regions::zone_id(zone))
        .text("description", state.attribute(&shown.name, "description"))
        .text("requesterManaged", "false")
        .text("status", "available")
        .text("interfaceType", "interface")
        .text("macAddress", &hardware)
        .text("privateIpAddress", address)
        .text("sourceDestCheck", "true");
    let xml = set(xml, "privateIpAddressesSet", [address], |xml, address| {
        xml.text("privateIpAddress", address).text("primary", "true")
    });
    let xml = security_groups::write_all(request, &place.groups, xml);
    tags::write(request, shown, xml)
}
