//! Network interfaces: those that were made, and the one of each instance.

use bellwether_model::Name;
use bellwether_model::operations::ec2::{
    CreateNetworkInterface, DeleteNetworkInterface, DescribeNetworkInterfaces,
    ModifyNetworkInterfaceAttribute,
};
use bellwether_model::parameters::{Groups, Reference};
use bellwether_model::world::Kind;

use super::listing::Listing;
use super::{
    Request, Shown, addresses, beside, done, missing, regions, security_groups, set, tags,
};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "networkInterfaceSet", item: write };

/// CreateNetworkInterface.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let subnet_id = request.named("SubnetId")?;
    let security_group_ids = request.groups(&request.form, Some(&subnet_id));
    let asked = addresses::asked(request, &request.form, Some(&subnet_id))?;
    let subnet = subnet_id.name().cloned();
    let name = request.new_id("eni");
    let call = CreateNetworkInterface { subnet_id, security_group_ids };
    let reply = request.perform(call, &name)?;
    let description = request.form.value("Description").unwrap_or_default();
    asked.keep(request, &name, subnet.as_ref());
    request.state.keep(&name, "description", description);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("networkInterface", |xml| write(request, &shown, xml)))
}

/// DeleteNetworkInterface.
pub(super) fn delete(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_interface_id = request.named("NetworkInterfaceId")?;
    let id = request.form.mentioned("NetworkInterfaceId");
    if beside::owner(request, &id.into()) == Some(request.caller) {
        let message = format!("Network interface '{id}' is currently in use.");
        return Err(Failure::new("InvalidNetworkInterface.InUse", message));
    }
    let call = DeleteNetworkInterface { network_interface_id };
    request.perform(call, &"".into())?;
    Ok(done(xml))
}

/// DescribeNetworkInterfaces.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.form.list("NetworkInterfaceId");
    let others = of_instances(request);
    let call = |network_interface_ids| DescribeNetworkInterfaces { network_interface_ids };
    let seen = beside::listed(request, &asked, others, call)?;
    LISTING.write(request, seen, xml)
}

/// The interfaces of instances that the caller sees: of its own, and of those in its subnets.
fn of_instances(request: &Request<'_>) -> Vec<Shown> {
    let resources = &request.state.world.resources;
    let owns = |name: &Name| resources.get(name).is_some_and(|it| it.owner == request.caller);
    let instances = resources.iter().filter(|(_, it)| {
        let Kind::Instance { subnet, .. } = &it.kind else { return false };
        !it.deleted && (it.owner == request.caller || subnet.as_ref().is_some_and(owns))
    });
    let interfaces = instances.filter_map(|(name, _)| {
        let interface = beside::part(request, name, beside::INTERFACE)?;
        Some(Shown { state: Some("in-use"), ..interface })
    });
    interfaces.collect()
}

/// ModifyNetworkInterfaceAttribute: the security groups alone.
pub(super) fn modify_attribute(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let network_interface_id = request.named("NetworkInterfaceId")?;
    let id = request.form.mentioned("NetworkInterfaceId");
    if beside::owner(request, &id.into()) == Some(request.caller) {
        let message = "The reference does not have other groups for the interface of an instance.";
        return Err(Failure::new("UnsupportedOperation", message));
    }
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
    let holder = beside::instance_of(request, &shown.name).unwrap_or_else(|| shown.name.clone());
    let Some(
        Kind::NetworkInterface { subnet, groups }
        | Kind::Instance { subnet: Some(subnet), groups, .. },
    ) = request.kind(&holder)
    else {
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
    let instance = beside::instance_of(request, &shown.name);
    let zone = state.attribute(&place.subnet, "zone");
    let xml = xml
        .text("networkInterfaceId", shown.id())
        .text("subnetId", place.subnet.as_str())
        .text("vpcId", &place.vpc)
        .text("ownerId", &shown.owner())
        .text("availabilityZone", zone)
        .text("availabilityZoneId", &regions::zone_id(zone))
        .text("description", state.attribute(&shown.name, "description"))
        .text("requesterManaged", "false")
        .text("status", shown.state.unwrap_or("available"))
        .text("interfaceType", "interface")
        .text("macAddress", &hardware_address(shown.id()))
        .text("sourceDestCheck", "true")
        .text("requesterId", &shown.owner())
        .element("ipv6AddressesSet", |xml| xml);
    let xml = match &instance {
        Some(instance) => write_attachment(request, shown, instance, xml),
        None => xml,
    };
    let xml = write_addresses(request, instance.as_ref().unwrap_or(&shown.name), xml);
    let xml = security_groups::write_all(request, &place.groups, xml);
    tags::write(request, shown, xml)
}

/// Writes the interface of an instance, as the instance shows it.
pub(super) fn write_inside(request: &Request<'_>, instance: &Name, xml: Xml) -> Xml {
    let Some(shown) = beside::part(request, instance, beside::INTERFACE) else { return xml };
    let place = place(request, &shown);
    let xml = xml
        .text("networkInterfaceId", shown.id())
        .text("subnetId", place.subnet.as_str())
        .text("vpcId", &place.vpc)
        .text("ownerId", &shown.owner())
        .text("description", "")
        .text("status", "in-use")
        .text("interfaceType", "interface")
        .text("macAddress", &hardware_address(shown.id()))
        .text("sourceDestCheck", "true")
        .element("ipv6AddressesSet", |xml| xml)
        .element("attachment", |xml| write_attached(request, &shown, instance, xml));
    let xml = write_addresses(request, instance, xml);
    security_groups::write_all(request, &place.groups, xml)
}

/// Writes the addresses of an interface, or those of the instance that it is attached to.
fn write_addresses(request: &Request<'_>, holder: &Name, xml: Xml) -> Xml {
    let addresses = addresses::of(request, holder);
    let primary = addresses.first().copied().unwrap_or_default();
    let xml = xml.text("privateIpAddress", primary).text("privateDnsName", &host(request, primary));
    let xml = match addresses::public(request, holder) {
        Some(public) => xml.element("association", |xml| {
            xml.text("publicIp", public)
                .text("publicDnsName", &public_host(request, public))
                .text("ipOwnerId", "amazon")
        }),
        None => xml,
    };
    set(xml, "privateIpAddressesSet", addresses, |xml, address| {
        let is_primary = address == primary;
        xml.text("privateIpAddress", address)
            .text("privateDnsName", &host(request, address))
            .text("primary", &is_primary.to_string())
    })
}

/// The private name of a host.
pub(super) fn host(request: &Request<'_>, address: &str) -> String {
    if address.is_empty() {
        return String::new();
    }
    let first = address.replace('.', "-");
    match request.state.region.as_str() {
        "us-east-1" => format!("ip-{first}.ec2.internal"),
        region => format!("ip-{first}.{region}.compute.internal"),
    }
}

/// The public name of a host.
pub(super) fn public_host(request: &Request<'_>, address: &str) -> String {
    let first = address.replace('.', "-");
    match request.state.region.as_str() {
        "us-east-1" => format!("ec2-{first}.compute-1.amazonaws.com"),
        region => format!("ec2-{first}.{region}.compute.amazonaws.com"),
    }
}

fn write_attachment(request: &Request<'_>, shown: &Shown, instance: &Name, xml: Xml) -> Xml {
    xml.element("attachment", |xml| {
        let xml = xml.text("instanceId", instance.as_str()).text("instanceOwnerId", &shown.owner());
        write_attached(request, shown, instance, xml)
    })
}

fn write_attached(request: &Request<'_>, shown: &Shown, instance: &Name, xml: Xml) -> Xml {
    xml.text("attachmentId", &shown.id().replace("eni-", "eni-attach-"))
        .text("deviceIndex", "0")
        .text("networkCardIndex", "0")
        .text("status", "attached")
        .text("attachTime", request.state.attribute(instance, "launched"))
        .text("deleteOnTermination", "true")
}

/// The hardware address of an interface, made of its id.
fn hardware_address(id: &str) -> String {
    let digits = id.trim_start_matches("eni-0");
    let pair = |start: usize| digits.get(start..start + 2).unwrap_or("00");
    format!("02:{}:{}:{}:{}:{}", pair(0), pair(2), pair(4), pair(6), pair(8))
}
