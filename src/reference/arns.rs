//! The ARNs of things: how they are written, and what they name.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use bellwether_model::world::{Kind, Thing};
use bellwether_model::{Name, World};

/// The service, account and resource of an ARN.
#[must_use]
pub fn parts(arn: &str) -> Option<(&str, &str, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (Some("arn"), Some(_partition)) = (parts.next(), parts.next()) else {
        return None;
    };
    let (service, _region) = (parts.next()?, parts.next()?);
    Some((service, parts.next()?, parts.next()?))
}

/// The ARN of a thing in this region.
#[must_use]
pub fn of(region: &str, name: &Name, thing: &Thing) -> String {
    let (service, part) = words(&thing.kind);
    let owner = account(thing);
    // A pool belongs to no region.
    let region = if part == "ipam-pool" { "" } else { region };
    format!("arn:aws:{service}:{region}:{owner}:{part}/{name}")
}

/// The thing of this ARN, where there is one.
#[must_use]
pub fn thing(world: &World, arn: &str) -> Option<Name> {
    let (service, owner, resource) = parts(arn)?;
    let (part, id) = resource.split_once('/')?;
    let name = Name::new(id);
    let thing = world.things.get(&name)?;
    let fits = (service, part) == words(&thing.kind) && owner == account(thing);
    fits.then_some(name)
}

/// The account in the ARN of a thing; an AMI's has none.
fn account(thing: &Thing) -> String {
    if matches!(thing.kind, Kind::Image { .. }) { String::new() } else { thing.owner.to_string() }
}

/// The service in a thing's ARN, and what stands before the slash.
fn words(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Vpc => ("ec2", "vpc"),
        Kind::Subnet { .. } => ("ec2", "subnet"),
        Kind::InternetGateway { .. } => ("ec2", "internet-gateway"),
        Kind::RouteTable { .. } => ("ec2", "route-table"),
        Kind::SecurityGroup { .. } => ("ec2", "security-group"),
        Kind::NetworkInterface { .. } => ("ec2", "network-interface"),
        Kind::Instance { .. } => ("ec2", "instance"),
        Kind::TransitGateway { .. } => ("ec2", "transit-gateway"),
        Kind::TransitGatewayAttachment { .. } => ("ec2", "transit-gateway-attachment"),
        Kind::PrefixList { .. } => ("ec2", "prefix-list"),
        Kind::Image { .. } => ("ec2", "image"),
        Kind::Plain(plain) => (plain.facts.service(), plain.arn_part),
        Kind::Dns(dns) => (dns.facts.service(), dns.arn_part),
        Kind::DnsAssociation { dns, .. } => (dns.facts.service(), "association"),
    }
}
