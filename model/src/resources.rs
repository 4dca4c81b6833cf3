//! The resource types that RAM can share.
//!
//! What is known of each of them is a line in [`shareable`]. Those that are modelled have a file
//! each: which things of the world are of the type.

pub mod image;
pub mod prefix_list;
pub mod resolver_rule;
pub mod security_group;
pub mod shareable;
pub mod subnet;
pub mod transit_gateway;

pub use shareable::Shareable;

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

/// A modelled resource type that RAM can share.
#[derive(Debug)]
pub struct ResourceType {
    /// What RAM's documentation says of it.
    pub facts: &'static Shareable,
    /// The resource part of its ARNs, before the slash.
    pub arn_part: &'static str,
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
