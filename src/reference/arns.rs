//! The ARNs of resources: how they are written, and what they name.
//!
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use bellwether_model::kinds::KindInfo;
use bellwether_model::world::Resource;
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
    let KindInfo { service, arn_part, separator, is_regional, .. } = resource.kind.info();
    let region = if *is_regional { region } else { "" };
    let owner = account(resource);
    format!("arn:aws:{service}:{region}:{owner}:{arn_part}{separator}{name}")
}

/// The resource of this ARN, where there is one.
#[must_use]
pub fn resource(world: &World, arn: &str) -> Option<Name> {
    let (service, owner, resource) = parts(arn)?;
    let (part, id) = resource.split_once(['/', ':'])?;
    let name = Name::new(id);
    let resource = world.resources.get(&name)?;
    let kind = resource.kind.info();
    let fits = (service, part) == (kind.service, kind.arn_part) && owner == account(resource);
    fits.then_some(name)
}

/// The account in the ARN of a resource, where the ARN has one.
fn account(resource: &Resource) -> String {
    if resource.kind.info().names_owner { resource.owner.to_string() } else { String::new() }
}
