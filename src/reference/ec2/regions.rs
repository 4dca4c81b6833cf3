//! Regions and their zones.

use super::{Request, invalid, set};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The letters of a region's zones.
const ZONES: [&str; 3] = ["a", "b", "c"];

/// DescribeRegions: the one that is called.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let region = request.state.region.as_str();
    let asked = request.form.list("RegionName");
    if let Some(other) = asked.into_iter().find(|it| *it != region) {
        return Err(invalid(format!("Invalid region provided: {other}")));
    }
    Ok(set(xml, "regionInfo", [region], |xml, region| {
        xml.text("regionName", region)
            .text("regionEndpoint", &format!("ec2.{region}.amazonaws.com"))
            .text("optInStatus", "opt-in-not-required")
    }))
}

/// DescribeAvailabilityZones.
pub(super) fn describe_zones(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let region = request.state.region.as_str();
    let zones = ZONES.iter().map(|letter| format!("{region}{letter}"));
    let mut zones: Vec<_> = zones.collect();
    let asked = request.form.list("ZoneName");
    if let Some(unknown) = asked.iter().find(|it| !zones.contains(&(**it).to_owned())) {
        return Err(invalid(format!("Invalid availability zone: [{unknown}]")));
    }
    zones.retain(|zone| asked.is_empty() || asked.contains(&zone.as_str()));
    Ok(set(xml, "availabilityZoneInfo", zones, |xml, zone| {
        xml.text("zoneName", &zone)
            .text("zoneId", &zone_id(&zone))
            .text("zoneState", "available")
            .text("zoneType", "availability-zone")
            .text("regionName", region)
            .text("groupName", region)
            .text("networkBorderGroup", region)
            .text("optInStatus", "opt-in-not-required")
            .element("messageSet", |xml| xml)
    }))
}

/// The id of a zone, which is the same in all accounts: `use1-az1` for `us-east-1a`.
pub(super) fn zone_id(zone: &str) -> String {
    // The regions of the US government have a word more.
    let plain = zone.replacen("us-gov-", "usg-", 1);
    let mut parts = plain.split('-');
    let area = parts.next().unwrap_or_default();
    let direction = parts.next().unwrap_or_default();
    let rest = parts.next().unwrap_or_default();
    let direction = match direction {
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        other => other.get(..1).unwrap_or_default(),
    };
    let number = rest.trim_end_matches(|it: char| it.is_ascii_lowercase());
    let letter = rest.bytes().last().filter(u8::is_ascii_lowercase);
    let place = letter.map_or(1, |letter| letter - b'a' + 1);
    format!("{area}{direction}{number}-az{place}")
}

#[cfg(test)]
mod tests {
    use super::zone_id;

    #[test]
    fn zones_have_short_ids() {
        assert_eq!(zone_id("us-east-1a"), "use1-az1");
        assert_eq!(zone_id("ap-southeast-2c"), "apse2-az3");
        assert_eq!(zone_id("eu-central-1b"), "euc1-az2");
        assert_eq!(zone_id("us-gov-east-1a"), "usge1-az1");
    }
}
