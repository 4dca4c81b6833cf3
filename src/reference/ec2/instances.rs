//! Instances: launched into subnets alone, as no account has a default VPC.

use bellwether_model::answer::Decision;
use bellwether_model::kinds::Plain;
use bellwether_model::operations::ec2::{DescribeInstances, RunInstances, TerminateInstances};
use bellwether_model::parameters::{Few, Reference};
use bellwether_model::resources::{capacity_reservation, dedicated_host, placement_group};
use bellwether_model::world::Kind;
use bellwether_model::world::Use;
use bellwether_model::{Call, Name};

use super::form::Form;
use super::listing::{Listing, write_page};
use super::network_interfaces::{host, public_host, write_inside};
use super::{
    Request, Shown, addresses, attributes, beside, ended, instance_options, missing,
    placement_groups, security_groups, set, subnets, tags,
};
use crate::reference::arns;
use crate::reference::json::Failure;
use crate::reference::members::EC2;
use crate::reference::query::Xml;

/// The most instances that one request may launch: AWS counts the processors of an account instead.
const QUOTA: u32 = 200;
/// The attribute that keeps the reservation of an instance.
const RESERVATION: &str = "reservation";

static LISTING: Listing = Listing {
    set: "reservationSet",
    item: |request, shown, xml| write_reservation(request, &[shown], xml),
};

/// RunInstances.
pub(super) fn run(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let form = request.form.clone();
    let image = form.value("ImageId").ok_or_else(|| missing("ImageId"))?;
    let launch = Launch::read(request, &form, image)?;
    let reservation = request.new_id("r").to_string();
    let mut launched = Vec::new();
    // The first try of a launch of none is refused.
    for index in 0..launch.count.max(1) {
        let asked = addresses::asked(request, &launch.inside, launch.call.subnet_id.as_ref())?;
        let name = request.new_id("i");
        let reply = request.perform(launch.call.clone(), &name)?;
        let now = request.now();
        let subnet = launch.call.subnet_id.as_ref().and_then(Reference::name);
        asked.keep(request, &name, subnet);
        if launch.is_public {
            addresses::keep_public(request, &name);
        }
        beside::keep_interface(request, &name);
        let state = &mut *request.state;
        state.keep(&name, "image", image);
        state.keep(&name, "type", form.value("InstanceType").unwrap_or("m1.small"));
        state.keep(&name, "token", form.value("ClientToken").unwrap_or_default());
        state.keep(&name, RESERVATION, reservation.as_str());
        state.keep(&name, "index", index.to_string());
        state.keep(&name, "launched", now);
        for (key, value) in &launch.options {
            state.keep(&name, key, value.as_str());
        }
        tags::keep_specified(request, &name);
        let interface = request.state.attribute(&name, beside::INTERFACE).into();
        tags::keep_specified(request, &interface);
        launched.push(Shown { state: Some("pending"), ..request.made(name, &reply) });
    }
    let launched: Vec<_> = launched.iter().collect();
    Ok(write_reservation(request, &launched, xml))
}

/// A launch, as a request describes it.
struct Launch<'a> {
    call: RunInstances,
    /// The number of instances.
    count: u32,
    /// The part of the request that describes the network interface.
    inside: Form<'a>,
    /// Whether each instance gets a public address.
    is_public: bool,
    /// What is kept of each instance as it was given.
    options: Vec<(&'static str, String)>,
}

impl<'a> Launch<'a> {
    fn read(request: &Request<'_>, form: &Form<'a>, image: &str) -> Result<Self, Failure> {
        // The subnet, the groups and the addresses are the interface's where one is described.
        let interface = form.members("NetworkInterface").into_iter().next();
        let inside = interface.unwrap_or_else(|| form.clone());
        let Some(subnet) = inside.value("SubnetId") else {
            let message = "No default VPC for this user. Specify a subnet, and try again.";
            return Err(Failure::new("VPCIdNotSpecified", message));
        };
        if let Some(key) = form.value("KeyName") {
            let message = format!("The key pair '{key}' does not exist");
            return Err(Failure::new("InvalidKeyPair.NotFound", message));
        }
        let host = form.value("Placement.HostId");
        if form.value("Placement.Tenancy") == Some("host") && host.is_none() {
            let what = "the value host of the parameter Placement.Tenancy without Placement.HostId";
            return Err(EC2.lacking(what, request.action));
        }
        let subnet = request.reference(subnet);
        require_zone(request, form, &subnet)?;
        let (least, most) = counts(form)?;
        if most > 1 && inside.value("PrivateIpAddress").is_some() {
            let message = "One private IP address can't be given to several instances.";
            return Err(Failure::new("InvalidParameterCombination", message));
        }
        // To the model, as to AWS, only the order of the numbers matters, and that none is zero.
        let few = |count: u32| Some(Few(u8::try_from(count).unwrap_or(u8::MAX)));
        let call = RunInstances {
            security_group_ids: request.groups(&inside, Some(&subnet)),
            image_id: Some(request.reference(image)),
            subnet_id: Some(subnet),
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
            min_count: few(least),
            max_count: few(most),
        };
        let asked = attributes::truth(&inside, "AssociatePublicIpAddress")?;
        let is_public = asked.unwrap_or_else(|| {
            let subnet = call.subnet_id.as_ref().and_then(Reference::name);
            subnet.is_some_and(|it| subnets::maps_public_addresses(request, it))
        });
        let options = instance_options::read(form)?;
        Ok(Self { call, count: most, inside, is_public, options })
    }
}

/// Requires that the zone that a launch names, if it does, is that of its subnet.
fn require_zone(request: &Request<'_>, form: &Form<'_>, subnet: &Reference) -> Result<(), Failure> {
    let key = "Placement.AvailabilityZone";
    let (Some(text), Some(subnet)) = (form.value(key), subnet.name()) else { return Ok(()) };
    let zone = request.state.attribute(subnet, "zone");
    if zone.is_empty() || zone == text {
        return Ok(());
    }
    Err(attributes::not_taken(key, text, &format!("The subnet {subnet} is in {zone}.")))
}

/// The resource of another service that an ARN names.
fn by_arn(request: &Request<'_>, arn: &str) -> Reference {
    let found = arns::resource(&request.state.world, arn);
    found.map_or_else(|| Reference::Literal(arn.into()), Reference::Named)
}

/// The least and the largest number of instances to launch: the largest no larger than the quota.
fn counts(form: &Form<'_>) -> Result<(u32, u32), Failure> {
    let [most, least] = ["MaxCount", "MinCount"].map(|key| {
        let text = form.value(key).ok_or_else(|| missing(key))?;
        text.parse().map_err(|_| attributes::not_taken(key, text, "Expecting a number."))
    });
    let (most, least): (u32, u32) = (most?, least?);
    if least > QUOTA && most >= least {
        let message = format!(
            "You have requested more instances ({least}) than your current instance limit of \
             {QUOTA} allows."
        );
        return Err(Failure::new("InstanceLimitExceeded", message));
    }
    let most = most.min(QUOTA);
    Ok((least.min(most + 1), most))
}

/// TerminateInstances: to do it again changes nothing.
pub(super) fn terminate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let named = request.all_named("InstanceId");
    if named.is_empty() {
        let message = "No instances specified";
        return Err(Failure::new("InvalidParameterCombination", message));
    }
    let is_ended = |id: &Reference| id.name().is_some_and(|it| ended::state(request, it).is_some());
    let was_ended: Vec<bool> = named.iter().map(is_ended).collect();
    let living: Vec<Reference> = named
        .iter()
        .zip(&was_ended)
        .filter(|(_, ended)| !**ended)
        .map(|(id, _)| id.clone())
        .collect();
    // All can be ended, or none is.
    let is_refused = |instance_id: &&Reference| {
        let call = Call::from(TerminateInstances { instance_id: (*instance_id).clone() });
        !matches!(call.check(&request.state.world, request.caller), Decision::Granted)
    };
    let refused = living.iter().find(is_refused).cloned();
    let others = living.into_iter().filter(|id| refused.as_ref() != Some(id));
    for instance_id in refused.iter().cloned().chain(others.collect::<Vec<_>>()) {
        let name = instance_id.name().cloned();
        request.perform(TerminateInstances { instance_id }, &"".into())?;
        if let Some(name) = &name {
            ended::keep(request, name);
        }
    }
    request.unless_tried()?;
    let ended = named.iter().filter_map(Reference::name).zip(was_ended);
    Ok(set(xml, "instancesSet", ended, |xml, (name, was_ended)| {
        let before = if was_ended { "terminated" } else { "running" };
        let now = if was_ended { "terminated" } else { "shutting-down" };
        xml.text("instanceId", name.as_str())
            .element("currentState", |xml| write_state(now, xml))
            .element("previousState", |xml| write_state(before, xml))
    }))
}

/// DescribeInstances: by reservations.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let items = listed(request)?;
    let items = LISTING.fitting(request, items)?;
    let mut reservations: Vec<Vec<&Shown>> = Vec::new();
    let of = |shown: &Shown| request.state.attribute(&shown.name, RESERVATION);
    for shown in &items {
        // Those of one reservation need not stand together.
        match reservations.iter_mut().find(|others| of(others[0]) == of(shown)) {
            Some(others) => others.push(shown),
            None => reservations.push(vec![shown]),
        }
    }
    let item = |shown: &Vec<&Shown>, xml: Xml| write_reservation(request, shown, xml);
    write_page(request, LISTING.set, &reservations, item, xml)
}

/// The instances that a request asks for; all if it names none.
pub(super) fn listed(request: &mut Request<'_>) -> Result<Vec<Shown>, Failure> {
    let asked = request.all_named("InstanceId");
    let is_one = |kind: &Kind| matches!(kind, Kind::Instance { .. });
    ended::listed(request, asked, is_one, |instance_ids| DescribeInstances { instance_ids })
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

/// The state of an instance.
pub(super) fn state(shown: &Shown) -> &'static str {
    shown.state.unwrap_or("running")
}

/// The number of a state of instances.
pub(super) fn state_code(state: &str) -> &'static str {
    match state {
        "pending" => "0",
        "shutting-down" => "32",
        "terminated" => "48",
        _ => "16",
    }
}

/// Writes a state of instances.
pub(super) fn write_state(state: &str, xml: Xml) -> Xml {
    xml.text("code", state_code(state)).text("name", state)
}

/// The zone of an instance.
pub(super) fn zone<'r>(request: &'r Request<'_>, shown: &Shown) -> &'r str {
    subnet(request, shown).map_or("", |it| request.state.attribute(it, "zone"))
}

/// Writes instances that were launched together.
fn write_reservation(request: &Request<'_>, shown: &[&Shown], xml: Xml) -> Xml {
    let Some(first) = shown.first() else { return xml };
    let xml = xml
        .text("reservationId", request.state.attribute(&first.name, RESERVATION))
        .text("ownerId", &first.owner())
        .element("groupSet", |xml| xml);
    set(xml, "instancesSet", shown, |xml, shown| write(request, shown, xml))
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let state = state(shown);
    let is_over = state == "terminated";
    let xml = xml
        .text("instanceId", shown.id())
        .text("imageId", attribute("image"))
        .element("instanceState", |xml| write_state(state, xml));
    let xml = if is_over { write_end(xml) } else { write_network(request, shown, xml) };
    let xml = xml
        .text("amiLaunchIndex", attribute("index"))
        .element("productCodes", |xml| xml)
        .text("instanceType", attribute("type"))
        .text("launchTime", attribute("launched"))
        .element("placement", |xml| {
            let group = held(request, shown, &placement_group::PLAIN);
            let name = group.map_or("", |group| request.state.attribute(group, "name"));
            let xml = xml.text("availabilityZone", zone(request, shown)).text("groupName", name);
            let xml = match group {
                Some(group) => xml.text("groupId", group.as_str()),
                None => xml,
            };
            match held(request, shown, &dedicated_host::PLAIN) {
                Some(host) => xml.text("hostId", host.as_str()).text("tenancy", "host"),
                None => xml.text("tenancy", "default"),
            }
        });
    let xml = match held(request, shown, &capacity_reservation::PLAIN) {
        Some(reservation) => xml.text("capacityReservationId", reservation.as_str()),
        None => xml,
    };
    let xml = xml
        .text("clientToken", attribute("token"))
        .text("architecture", "x86_64")
        .text("rootDeviceType", "ebs")
        .text("rootDeviceName", "/dev/xvda")
        .element("blockDeviceMapping", |xml| xml)
        .text("virtualizationType", "hvm")
        .text("hypervisor", "xen")
        .text("ebsOptimized", "false")
        .text("enaSupport", "true");
    let xml = instance_options::write(request, shown, xml);
    tags::write(request, shown, xml)
}

/// Writes where an instance is, and its network interface.
fn write_network(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let subnet = subnet(request, shown);
    let vpc = subnet.and_then(|it| request.state.world.vpc_of(it));
    let address = addresses::of(request, &shown.name).first().copied().unwrap_or_default();
    let xml = xml.text("privateDnsName", &host(request, address)).text("reason", "");
    let xml = match (subnet, vpc) {
        (Some(subnet), Some(vpc)) => xml
            .text("subnetId", subnet.as_str())
            .text("vpcId", vpc.as_str())
            .text("privateIpAddress", address),
        _ => xml,
    };
    let public = addresses::public(request, &shown.name);
    let xml = xml.text("dnsName", &public.map_or_else(String::new, |it| public_host(request, it)));
    let xml = match public {
        Some(public) => xml.text("ipAddress", public),
        None => xml,
    };
    let xml = xml.text("sourceDestCheck", "true").element("networkInterfaceSet", |xml| {
        xml.element("item", |xml| write_inside(request, &shown.name, xml))
    });
    security_groups::write_all(request, &groups(request, shown), xml)
}

/// Writes why an instance is over: its owner ended it.
fn write_end(xml: Xml) -> Xml {
    let code = "Client.UserInitiatedShutdown";
    xml.text("privateDnsName", "")
        .text("dnsName", "")
        .text("reason", "User initiated")
        .element("networkInterfaceSet", |xml| xml)
        .element("groupSet", |xml| xml)
        .element("stateReason", |xml| {
            xml.text("code", code).text("message", &format!("{code}: User initiated shutdown"))
        })
}
