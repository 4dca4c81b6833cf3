//! Capacity reservations.

use bellwether_model::operations::ec2::{
    CancelCapacityReservation, CreateCapacityReservation, DescribeCapacityReservations,
};
use bellwether_model::resources::capacity_reservation::PLAIN;
use bellwether_model::world::{Kind, Use};

use super::attributes::number;
use super::listing::Listing;
use super::{Request, Shown, done, ended, regions, tags};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "capacityReservationSet", item: write };

/// CreateCapacityReservation.
pub(super) fn create(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let kept =
        [("type", "InstanceType"), ("platform", "InstancePlatform"), ("count", "InstanceCount")];
    let kept: Result<Vec<_>, _> =
        kept.into_iter().map(|(key, name)| Ok((key, request.required(name)?))).collect();
    let kept = kept?;
    number(&request.form, "InstanceCount", 1..=1000)?;
    let zone = regions::named_zone(request, "AvailabilityZone", "AvailabilityZoneId")?;
    let criteria = request.form.value("InstanceMatchCriteria").unwrap_or("open");
    let name = request.new_id("cr");
    let reply = request.perform(CreateCapacityReservation {}, &name)?;
    for (key, value) in kept {
        request.state.keep(&name, key, value);
    }
    request.state.keep(&name, "zone", zone);
    request.state.keep(&name, "criteria", criteria);
    let now = request.now();
    request.state.keep(&name, "created", now);
    tags::keep_specified(request, &name);
    let shown = request.made(name, &reply);
    Ok(xml.element("capacityReservation", |xml| write(request, &shown, xml)))
}

/// CancelCapacityReservation.
pub(super) fn cancel(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let capacity_reservation_id = request.named("CapacityReservationId")?;
    let id = request.form.mentioned("CapacityReservationId");
    request.perform(CancelCapacityReservation { capacity_reservation_id }, &"".into())?;
    ended::keep(request, &id.into());
    Ok(done(xml))
}

/// DescribeCapacityReservations.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let asked = request.all_named("CapacityReservationId");
    let is_one = |kind: &Kind| PLAIN.includes(kind);
    let call = |capacity_reservation_ids| DescribeCapacityReservations { capacity_reservation_ids };
    let seen = ended::listed(request, asked, is_one, call)?;
    LISTING.write(request, seen, xml)
}

fn state(shown: &Shown) -> &'static str {
    shown.state.unwrap_or("active")
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let attribute = |key| request.state.attribute(&shown.name, key);
    let total: usize = attribute("count").parse().unwrap_or_default();
    let used = request.state.world.instances_with(&shown.name);
    let used = used.filter(|held| !matches!(held.state, Use::Ended(_))).count();
    let xml = xml
        .text("capacityReservationId", shown.id())
        .text("ownerId", &shown.owner())
        .text("capacityReservationArn", &request.arn(shown, "capacity-reservation"))
        .text("instanceType", attribute("type"))
        .text("instancePlatform", attribute("platform"))
        .text("availabilityZone", attribute("zone"))
        .text("availabilityZoneId", &regions::zone_id(attribute("zone")))
        .text("tenancy", "default");
    let xml =
        if shown.is_counted { xml.text("totalInstanceCount", attribute("count")) } else { xml };
    let xml = xml
        .text("availableInstanceCount", &total.saturating_sub(used).to_string())
        .text("ebsOptimized", "false")
        .text("ephemeralStorage", "false")
        .text("state", state(shown))
        .text("startDate", attribute("created"))
        .text("endDateType", "unlimited")
        .text("instanceMatchCriteria", attribute("criteria"))
        .text("createDate", attribute("created"))
        .element("capacityAllocationSet", |xml| xml);
    tags::write(request, shown, xml)
}
