//! The ARNs of resources: how they are written, and what they name.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use bellwether_model::world::{Kind, Resource};
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

/// The ARN of a resource in this region.
#[must_use]
pub fn of(region: &str, name: &Name, resource: &Resource) -> String {
    let (service, part) = words(&resource.kind);
    let owner = account(resource);
    // Pools and hosted zones belong to no region.
    let region = if ["ipam-pool", "hostedzone"].contains(&part) { "" } else { region };
    // License Manager has a colon where others have a slash.
    let slash = if service == "license-manager" { ':' } else { '/' };
    format!("arn:aws:{service}:{region}:{owner}:{part}{slash}{name}")
}

/// The resource of this ARN, where there is one.
#[must_use]
pub fn resource(world: &World, arn: &str) -> Option<Name> {
    let (service, owner, resource) = parts(arn)?;
    let (part, id) = resource.split_once(['/', ':'])?;
    let name = Name::new(id);
    let resource = world.resources.get(&name)?;
    let fits = (service, part) == words(&resource.kind) && owner == account(resource);
    fits.then_some(name)
}

/// The account in the ARN of a resource; an AMI's and a hosted zone's have none.
fn account(resource: &Resource) -> String {
    if matches!(resource.kind, Kind::Image { .. } | Kind::HostedZone { .. }) {
        String::new()
    } else {
        resource.owner.to_string()
    }
}

/// The service in a resource's ARN, and what stands before the slash.
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
        Kind::HostedZone { .. } => ("route53", "hostedzone"),
        Kind::Dns(dns) => (dns.facts.service(), dns.arn_part),
        Kind::DnsAssociation { dns, .. } => (dns.facts.service(), "association"),
    }
}
