//! Instances.

use bellwether_model::answer::Decision;
use bellwether_model::kinds::Plain;
use bellwether_model::operations::ec2::{DescribeInstances, RunInstances, TerminateInstances};
use bellwether_model::parameters::{Few, Reference};
use bellwether_model::resources::{capacity_reservation, dedicated_host, placement_group};
use bellwether_model::world::Kind;
use bellwether_model::world::Use;
use bellwether_model::{Call, Name};

use super::form::Form;
use super::listing::Listing;
use super::{
    Request, Shown, invalid, missing, placement_groups, security_groups, set, subnets, tags,
};
use crate::reference::arns;
use crate::reference::json::Failure;
use crate::reference::members::EC2;
use crate::reference::query::Xml;

/// The most instances that one request may launch.
const LAUNCHED_MAX: u8 = 20;

static LISTING: Listing = Listing { set: "reservationSet", item: write_reservation };

/// RunInstances.
pub(super) fn run(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let form = request.form.clone();
    let interface = form.members("NetworkInterface").into_iter().next();
    // The subnet and groups are the interface's where one is described.
    let inside: &Form<'_> = interface.as_ref().unwrap_or(&form);
    let image = form.value("ImageId").ok_or_else(|| missing("ImageId"))?;
    let subnet_id = inside.value("SubnetId").map(|id| request.reference(id));
    let (least, most) = counts(&form)?;
    let host = form.value("Placement.HostId");
    if form.value("Placement.Tenancy") == Some("host") && host.is_none() {
        let what = "the value host of the parameter Placement.Tenancy without Placement.HostId";
        return Err(EC2.lacking(what, request.action));
    }
    let call = RunInstances {
        security_group_ids: request.groups(inside, subnet_id.as_ref()),
        image_id: Some(request.reference(image)),
        subnet_id,
        capacity_reservation_id: form
            .value(
                "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId",
            )
            .map(|id| request.reference(id)),
        group_id: form.value("Placement.GroupId").map(|id| request.reference(id)),
        group_name: form
            .value("Placement.GroupName")
            .map(|name| placement_groups::called(request, name)),
        host_id: host.map(|id| request.reference(id)),
        license_configuration_arn: form
            .members("LicenseSpecification")
            .first()
            .and_then(|license| license.value("LicenseConfigurationArn"))
            .map(|arn| by_arn(request, arn)),
        min_count: Some(Few(least)),
        max_count: Some(Few(most)),
    };
    let reservation = request.new_id("r").to_string();
    let mut launched = Vec::new();
    // The first try of a launch of none is refused.
    for _ in 0..most.max(1) {
        let name = request.new_id("i");
        let reply = request.perform(call.clone(), &name)?;
        let address = subnets::next_address(request, call.subnet_id.as_ref());
        let now = request.now();
        let state = &mut *request.state;
        state.keep(&name, "image", image);
        state.keep(&name, "type", form.value("InstanceType").unwrap_or("m1.small"));
        state.keep(&name, "reservation", reservation.as_str());
        state.keep(&name, "launched", now);
        state.keep(&name, "address", address);
        tags::keep_specified(request, &name);
        launched.push(request.made(name, &reply));
    }
    let xml = xml
        .text("reservationId", &reservation)
        .text("ownerId", &request.caller.to_string())
        .element("groupSet", |xml| xml);
    Ok(set(xml, "instancesSet", &launched, |xml, shown| write(request, shown, xml)))
}

/// The resource of another service that an ARN names.
fn by_arn(request: &Request<'_>, arn: &str) -> Reference {
    let found = arns::resource(&request.state.world, arn);
    found.map_or_else(|| Reference::Literal(arn.into()), Reference::Named)
}

/// The least and the largest number of instances to launch.
fn counts(form: &Form<'_>) -> Result<(u8, u8), Failure> {
    let most = form.value("MaxCount").ok_or_else(|| missing("MaxCount"))?;
    let least = form.value("MinCount").ok_or_else(|| missing("MinCount"))?;
    let counts = (most.parse::<u8>(), least.parse::<u8>());
    let (Ok(most), Ok(least)) = counts else {
        return Err(invalid("The instance counts are no such numbers as can be launched."));
    };
    if most > LAUNCHED_MAX {
        return Err(invalid(format!("No more than {LAUNCHED_MAX} instances can be launched.")));
    }
    Ok((least, most))
}

/// TerminateInstances.
pub(super) fn terminate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let named = request.all_named("InstanceId");
    if named.is_empty() {
        return Err(missing("InstanceId"));
    }
    // All can be ended, or none is.
    let is_refused = |instance_id: &&Reference| {
        let call = Call::from(TerminateInstances { instance_id: (*instance_id).clone() });
        !matches!(call.check(&request.state.world, request.caller), Decision::Granted)
    };
    if let Some(instance_id) = named.iter().find(is_refused).cloned() {
        request.perform(TerminateInstances { instance_id }, &"".into())?;
    }
    for instance_id in named.clone() {
        request.perform(TerminateInstances { instance_id }, &"".into())?;
    }
    let ended = named.iter().filter_map(Reference::name);
    Ok(set(xml, "instancesSet", ended, |xml, name| {
        xml.text("instanceId", name.as_str())
            .element("currentState", |xml| state(xml, "32", "shutting-down"))
            .element("previousState", |xml| state(xml, "16", "running"))
    }))
}

/// DescribeInstances.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let instance_ids = request.all_named("InstanceId");
    let reply = request.perform(DescribeInstances { instance_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

fn subnet<'r>(request: &'r Request<'_>, shown: &Shown) -> Option<&'r Name> {
    if let Some(Kind::Instance { subnet, .. }) = request.kind(&shown.name) {
        subnet.as_ref()
    } else {
        None
    }
}

/// The plain resource of a type that an instance was launched with, and uses still.
fn held<'r>(request: &'r Request<'_>, shown: &Shown, plain: &Plain) -> Option<&'r Name> {
    let Some(Kind::Instance { uses, .. }) = request.kind(&shown.name) else { return None };
    let live = uses.iter().filter(|held| !matches!(held.state, Use::Ended(_)));
    let mut names = live.map(|held| &held.of);
    names.find(|name| request.kind(name).is_some_and(|kind| plain.includes(kind)))
}

fn groups(request: &Request<'_>, shown: &Shown) -> Vec<Name> {
    let Some(Kind::Instance { subnet, groups, .. }) = request.kind(&shown.name) else {
        return Vec::new();
    };
    let vpc = subnet.as_ref().and_then(|it| request.state.world.vpc_of(it));
    security_groups::or_default(request, vpc, groups)
}

fn state(xml: Xml, code: &str, name: &str) -> Xml {
    xml.text("code", code).text("name", name)
}

fn write_reservation(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let reservation = request.state.attribute(&shown.name, "reservation");
    let xml = xml
        .text("reservationId", reservation)
        .text("ownerId", &shown.owner())
        .element("groupSet", |xml| xml);
    set(xml, "instancesSet", [shown], |xml, shown| write(request, shown, xml))
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let subnet = subnet(request, shown);
    let vpc = subnet.and_then(|it| request.state.world.vpc_of(it));
    let zone = subnet.map_or("", |it| request.state.attribute(it, "zone"));
    let address = attribute("address");
    let host = format!("ip-{}.ec2.internal", address.replace('.', "-"));
    let xml = xml
        .text("instanceId", shown.id())
        .text("imageId", attribute("image"))
        .element("instanceState", |xml| state(xml, "16", "running"))
        .text("privateDnsName", &host)
        .text("dnsName", "")
        .text("reason", "")
        .text("amiLaunchIndex", "0")
        .element("productCodes", |xml| xml)
        .text("instanceType", attribute("type"))
        .text("launchTime", attribute("launched"))
        .element("placement", |xml| {
            let group = held(request, shown, &placement_group::PLAIN);
            let name = group.map_or("", |group| request.state.attribute(group, "name"));
            let xml = xml.text("availabilityZone", zone).text("groupName", name);
            let xml = match group {
                Some(group) => xml.text("groupId", group.as_str()),
                None => xml,
            };
            match held(request, shown, &dedicated_host::PLAIN) {
                Some(host) => xml.text("hostId", host.as_str()).text("tenancy", "host"),
                None => xml.text("tenancy", "default"),
            }
        })
        .element("monitoring", |xml| xml.text("state", "disabled"));
    let xml = match held(request, shown, &capacity_reservation::PLAIN) {
        Some(reservation) => xml.text("capacityReservationId", reservation.as_str()),
        None => xml,
    };
    let xml = match (subnet, vpc) {
        (Some(subnet), Some(vpc)) => xml
            .text("subnetId", subnet.as_str())
            .text("vpcId", vpc.as_str())
            .text("privateIpAddress", address),
        _ => xml,
    };
    let xml = xml
        .text("sourceDestCheck", "true")
        .text("architecture", "x86_64")
        .text("rootDeviceType", "ebs")
        .text("rootDeviceName", "/dev/xvda")
        .element("blockDeviceMapping", |xml| xml)
        .text("virtualizationType", "hvm")
        .text("hypervisor", "xen")
        .text("ebsOptimized", "false")
        .element("networkInterfaceSet", |xml| xml);
    let xml = security_groups::write_all(request, &groups(request, shown), xml);
    tags::write(request, shown, xml)
}
