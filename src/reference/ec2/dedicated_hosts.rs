//! Dedicated hosts.

use bellwether_model::operations::ec2::{AllocateHosts, DescribeHosts, ReleaseHosts};

use super::listing::Listing;
use super::{Request, Shown, invalid, missing, regions, set, tags, write_unsuccessful};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "hostSet", item: write };

/// AllocateHosts: several at once are not served.
pub(super) fn allocate(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let form = request.form.clone();
    if form.value("Quantity").is_some_and(|number| number != "1") {
        return Err(invalid("Not more than one host is allocated at once"));
    }
    let [family, of_type] = ["InstanceFamily", "InstanceType"].map(|key| form.value(key));
    if family.or(of_type).is_none() {
        return Err(missing("InstanceType"));
    }
    let zone = regions::named_zone(request, "AvailabilityZone", "AvailabilityZoneId")?;
    let kept = [
        ("family", family.unwrap_or_default()),
        ("type", of_type.unwrap_or_default()),
        ("zone", zone.as_str()),
        ("placement", form.value("AutoPlacement").unwrap_or("on")),
    ];
    let name = request.new_id("h");
    request.perform(AllocateHosts {}, &name)?;
    for (key, value) in kept {
        request.state.keep(&name, key, value);
    }
    let now = request.now();
    request.state.keep(&name, "created", now);
    tags::keep_specified(request, &name);
    Ok(xml.element("hostIdSet", |xml| xml.text("item", name.as_str())))
}

/// ReleaseHosts: each host that can't be released is named in an answer that is a success, with a code that
/// says whose fault it is.
pub(super) fn release(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let ids = request.form.list("HostId");
    if ids.is_empty() {
        return Err(missing("HostId"));
    }
    let (mut released, mut failed) = (Vec::new(), Vec::new());
    for id in ids {
        let call = ReleaseHosts { host_id: request.reference(id) };
        match request.perform(call, &"".into()) {
            Ok(_) => released.push(id),
            Err(failure) => failed.push((id, format!("Client.{}", failure.code), failure.message)),
        }
    }
    let released = |xml: Xml| released.iter().fold(xml, |xml, id| xml.text("item", id));
    Ok(write_unsuccessful(xml.element("successful", released), failed))
}

/// DescribeHosts.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let host_ids = request.all_named("HostId");
    let reply = request.perform(DescribeHosts { host_ids }, &"".into())?;
    LISTING.write(request, request.listed(&reply), xml)
}

/// Writes a host, with the instances that the model lists on it.
fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let several = if attribute("type").is_empty() { "on" } else { "off" };
    let xml = xml
        .text("hostId", shown.id())
        .text("ownerId", &shown.owner())
        .text("state", "available")
        .text("autoPlacement", attribute("placement"))
        .text("availabilityZone", attribute("zone"))
        .text("allowsMultipleInstanceTypes", several)
        .text("hostRecovery", "off")
        .text("hostMaintenance", "off")
        .text("memberOfServiceLinkedResourceGroup", "false")
        .text("allocationTime", attribute("created"))
        .element("hostProperties", |xml| {
            let texts = [("instanceFamily", "family"), ("instanceType", "type")];
            let texts = texts.map(|(name, key)| (name, attribute(key)));
            let given = texts.into_iter().filter(|(_, value)| !value.is_empty());
            given.fold(xml, |xml, (name, value)| xml.text(name, value))
        });
    let xml = set(xml, "instances", &shown.inside, |xml, instance| {
        let instance = request.shown(instance.as_str().into(), &[]);
        xml.text("instanceId", instance.id())
            .text("instanceType", request.state.attribute(&instance.name, "type"))
            .text("ownerId", &instance.owner())
    });
    tags::write(request, shown, xml)
}
