//! The resource types that RAM can share, as far as they are modelled.
//!
//! What being shared means for each is in its file: who may receive it, and which things of the
//! world are of the type.

pub mod image;
pub mod prefix_list;
pub mod resolver_rule;
pub mod security_group;
pub mod subnet;
pub mod transit_gateway;

use crate::world::Kind;
use crate::{Assumption, Assumptions};

/// The modelled types, one file each.
pub static TYPES: &[&ResourceType] = &[
    &prefix_list::TYPE,
    &resolver_rule::TYPE,
    &security_group::TYPE,
    &subnet::TYPE,
    &transit_gateway::TYPE,
];

/// The types that AWS does not share through RAM, each with the assumption by which it does.
pub static ASSUMED: &[(Assumption, &ResourceType)] = &[(Assumption::RamSharesImages, &image::TYPE)];

/// A resource type that RAM can share.
///
/// Who may receive it, and whether consumers can leave:
/// <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html> and
/// <https://docs.aws.amazon.com/ram/latest/userguide/working-with-shared-leave.html>.
#[derive(Debug)]
pub struct ResourceType {
    /// RAM's name of the type, as in `ListResourceTypes`.
    pub name: &'static str,
    /// The resource part of its ARNs, before the slash.
    pub arn_part: &'static str,
    /// Whether it can be shared only inside the owner's organization.
    pub inside_organization_only: bool,
    /// Whether IAM roles and users can be principals.
    pub takes_identities: bool,
    /// Whether a consumer can leave a share that holds it.
    pub can_be_left: bool,
    /// Whether a thing is of this type.
    pub includes: fn(&Kind) -> bool,
}

/// The type of a thing, where RAM can share it.
#[must_use]
pub fn of(assumptions: Assumptions, kind: &Kind) -> Option<&'static ResourceType> {
    let assumed = ASSUMED.iter().filter(|(assumption, _)| assumptions.hold(*assumption));
    let all = TYPES.iter().copied().chain(assumed.map(|(_, of_type)| *of_type));
    all.into_iter().find(|of_type| (of_type.includes)(kind))
}
