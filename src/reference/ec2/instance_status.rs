//! The status of instances: all that run are well.

use super::instances::{listed, state, write_state, zone};
use super::listing::Listing;
use super::{Request, Shown, attributes, regions, set};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

static LISTING: Listing = Listing { set: "instanceStatusSet", item: write };

/// DescribeInstanceStatus: those that do not run are left out unless they are asked for.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let all = attributes::truth(&request.form, "IncludeAllInstances")?.unwrap_or(false);
    let mut items = listed(request)?;
    items.retain(|shown| all || state(shown) == "running");
    LISTING.write(request, items, xml)
}

/// The status of an instance, and of what it runs on.
fn status(shown: &Shown) -> &'static str {
    if state(shown) == "running" { "ok" } else { "not-applicable" }
}

fn write(request: &Request<'_>, shown: &Shown, xml: Xml) -> Xml {
    let status = status(shown);
    let zone = zone(request, shown);
    let xml = xml
        .text("instanceId", shown.id())
        .text("availabilityZone", zone)
        .text("availabilityZoneId", &regions::zone_id(zone))
        .element("instanceState", |xml| write_state(state(shown), xml));
    ["systemStatus", "instanceStatus"].into_iter().fold(xml, |xml, name| {
        xml.element(name, |xml| {
            let details = (status == "ok").then_some("passed");
            set(xml.text("status", status), "details", details, |xml, passed| {
                xml.text("name", "reachability").text("status", passed)
            })
        })
    })
}
