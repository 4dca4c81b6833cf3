//! Regions and their zones. Every account has all Regions, those that it would have to ask for included.

use super::{Request, attributes, invalid, listing};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// A Region of AWS.
#[derive(Copy, Clone, Debug)]
struct Region {
    code: &'static str,
    name: &'static str,
    /// Whether an account has it only once it has asked for it; here every account has asked for all.
    is_opt_in: bool,
}

/// A Region that accounts have without asking.
const fn plain(code: &'static str, name: &'static str) -> Region {
    Region { code, name, is_opt_in: false }
}

/// A Region that accounts have to ask for: one that AWS began after March 20, 2019.
const fn asked_for(code: &'static str, name: &'static str) -> Region {
    Region { code, name, is_opt_in: true }
}

/// The Regions of each partition: AWS's own, those of China, and those of the US government.
///
/// <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html>
static PARTITIONS: [&[Region]; 3] = [
    &[
        asked_for("af-south-1", "Africa (Cape Town)"),
        asked_for("ap-east-1", "Asia Pacific (Hong Kong)"),
        asked_for("ap-east-2", "Asia Pacific (Taipei)"),
        plain("ap-northeast-1", "Asia Pacific (Tokyo)"),
        plain("ap-northeast-2", "Asia Pacific (Seoul)"),
        plain("ap-northeast-3", "Asia Pacific (Osaka)"),
        plain("ap-south-1", "Asia Pacific (Mumbai)"),
        asked_for("ap-south-2", "Asia Pacific (Hyderabad)"),
        plain("ap-southeast-1", "Asia Pacific (Singapore)"),
        plain("ap-southeast-2", "Asia Pacific (Sydney)"),
        asked_for("ap-southeast-3", "Asia Pacific (Jakarta)"),
        asked_for("ap-southeast-4", "Asia Pacific (Melbourne)"),
        asked_for("ap-southeast-5", "Asia Pacific (Malaysia)"),
        asked_for("ap-southeast-6", "Asia Pacific (New Zealand)"),
        asked_for("ap-southeast-7", "Asia Pacific (Thailand)"),
        plain("ca-central-1", "Canada (Central)"),
        asked_for("ca-west-1", "Canada West (Calgary)"),
        plain("eu-central-1", "Europe (Frankfurt)"),
        asked_for("eu-central-2", "Europe (Zurich)"),
        plain("eu-north-1", "Europe (Stockholm)"),
        asked_for("eu-south-1", "Europe (Milan)"),
        asked_for("eu-south-2", "Europe (Spain)"),
        plain("eu-west-1", "Europe (Ireland)"),
        plain("eu-west-2", "Europe (London)"),
        plain("eu-west-3", "Europe (Paris)"),
        asked_for("il-central-1", "Israel (Tel Aviv)"),
        asked_for("me-central-1", "Middle East (UAE)"),
        asked_for("me-south-1", "Middle East (Bahrain)"),
        asked_for("mx-central-1", "Mexico (Central)"),
        plain("sa-east-1", "South America (Sao Paulo)"),
        plain("us-east-1", "US East (N. Virginia)"),
        plain("us-east-2", "US East (Ohio)"),
        plain("us-west-1", "US West (N. California)"),
        plain("us-west-2", "US West (Oregon)"),
    ],
    &[plain("cn-north-1", "China (Beijing)"), plain("cn-northwest-1", "China (Ningxia)")],
    &[
        plain("us-gov-east-1", "AWS GovCloud (US-East)"),
        plain("us-gov-west-1", "AWS GovCloud (US-West)"),
    ],
];

/// The letters of a Region's zones.
const ZONES: [&str; 3] = ["a", "b", "c"];

impl Region {
    fn opt_in_status(self) -> &'static str {
        if self.is_opt_in { "opted-in" } else { "opt-in-not-required" }
    }

    fn endpoint(self) -> String {
        let country = if self.code.starts_with("cn-") { ".cn" } else { "" };
        format!("ec2.{}.amazonaws.com{country}", self.code)
    }
}

/// The Regions of the partition of the one that is called; one that AWS does not have is in its own.
fn all(called: &str) -> &'static [Region] {
    let beside = |regions: &&&[Region]| regions.iter().any(|region| region.code == called);
    PARTITIONS.iter().find(beside).unwrap_or(&PARTITIONS[0])
}

/// DescribeRegions.
pub(super) fn describe(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let regions = all(&request.state.region);
    let asked = request.form.list("RegionName");
    let is_there = |name: &str| regions.iter().any(|region| region.code == name);
    if let Some(unknown) = asked.iter().find(|it| !is_there(it)) {
        return Err(invalid(format!("Invalid region provided: {unknown}")));
    }
    let meant = |region: &&Region| asked.is_empty() || asked.contains(&region.code);
    let regions: Vec<_> = regions.iter().filter(meant).collect();
    let item = |region: &&Region, xml: Xml| {
        xml.text("regionName", region.code)
            .text("regionEndpoint", &region.endpoint())
            .text("optInStatus", region.opt_in_status())
    };
    listing::write(request, "regionInfo", regions, item, xml)
}

/// DescribeAvailabilityZones.
pub(super) fn describe_zones(request: &mut Request<'_>, xml: Xml) -> Result<Xml, Failure> {
    let called = request.state.region.as_str();
    let region = all(called).iter().find(|region| region.code == called);
    let (name, status) = region
        .map_or((called, "opt-in-not-required"), |region| (region.name, region.opt_in_status()));
    let mut zones: Vec<_> = ZONES.iter().map(|letter| format!("{called}{letter}")).collect();
    for (list, kind, of) in [
        ("ZoneName", "zone", (|zone| zone.to_owned()) as fn(&str) -> String),
        ("ZoneId", "zone-id", zone_id),
    ] {
        let asked = request.form.list(list);
        let is_there = |wanted: &str| ZONES.iter().any(|it| of(&format!("{called}{it}")) == wanted);
        if let Some(unknown) = asked.iter().find(|it| !is_there(it)) {
            return Err(invalid(format!("Invalid availability {kind}: [{unknown}]")));
        }
        zones.retain(|zone| asked.is_empty() || asked.contains(&of(zone).as_str()));
    }
    let item = |zone: &String, xml: Xml| {
        xml.text("zoneName", zone)
            .text("zoneId", &zone_id(zone))
            .text("zoneState", "available")
            .text("zoneType", "availability-zone")
            .text("regionName", called)
            .text("groupName", &format!("{called}-zg-1"))
            .text("groupLongName", &format!("{name} 1"))
            .text("networkBorderGroup", called)
            .text("optInStatus", status)
            .element("messageSet", |xml| xml)
    };
    listing::write(request, "availabilityZoneInfo", zones, item, xml)
}

/// The zone that a request names by its name or its id; the first one if it names none.
///
/// # Errors
///
/// The Region has no such zone.
pub(super) fn named_zone(request: &Request<'_>, name: &str, id: &str) -> Result<String, Failure> {
    let mut zones = ZONES.iter().map(|letter| format!("{}{letter}", request.state.region));
    let (key, text, found) = match (request.form.value(name), request.form.value(id)) {
        (Some(text), _) => (name, text, zones.find(|zone| zone == text)),
        (None, Some(text)) => (id, text, zones.find(|zone| zone_id(zone) == text)),
        (None, None) => (name, "", zones.next()),
    };
    found.ok_or_else(|| {
        let known: Vec<_> =
            ZONES.iter().map(|it| format!("{}{it}", request.state.region)).collect();
        let expected = format!("Zones of the Region: {}.", known.join(", "));
        attributes::not_taken(key, text, &expected)
    })
}

/// The id of a zone, which is the same in all accounts: `use1-az1` for `us-east-1a`.
pub(super) fn zone_id(zone: &str) -> String {
    // The Regions of the US government have a word more.
    let plain = zone.replacen("us-gov-", "usg-", 1);
    let mut parts: Vec<&str> = plain.split('-').collect();
    let last = parts.pop().unwrap_or_default();
    let area = parts.first().copied().unwrap_or_default();
    let directions = parts.iter().skip(1).map(|direction| match *direction {
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        other => other.get(..1).unwrap_or_default(),
    });
    let directions: String = directions.collect();
    let number = last.trim_end_matches(|it: char| it.is_ascii_lowercase());
    let letter = last.bytes().last().filter(u8::is_ascii_lowercase);
    let place = letter.map_or(1, |letter| letter - b'a' + 1);
    format!("{area}{directions}{number}-az{place}")
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
