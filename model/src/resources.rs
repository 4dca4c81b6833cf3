//! The resource types that RAM can share.
//!
//! Each of them is a line in [`crate::shareable`]. Those that are modelled have a file
//! each: which resources of the world are of the type.

pub mod capacity_reservation;
pub mod dedicated_host;
pub mod firewall_rule_group;
pub mod hosted_zone;
pub mod image;
pub mod ipam_pool;
pub mod license_configuration;
pub mod placement_group;
pub mod prefix_list;
pub mod profile;
pub mod query_log_config;
pub mod resolver_rule;
pub mod security_group;
pub mod subnet;
pub mod transit_gateway;

use smol_str::SmolStr;

use crate::dice::Dice;
use crate::shareable::{self, Shareable};
use crate::world::Kind;
use crate::{Assumption, Assumptions};

/// The modelled types, one file each.
pub static TYPES: &[&ResourceType] = &[
    &capacity_reservation::TYPE,
    &dedicated_host::TYPE,
    &ipam_pool::TYPE,
    &placement_group::TYPE,
    &firewall_rule_group::TYPE,
    &license_configuration::TYPE,
    &prefix_list::TYPE,
    &profile::TYPE,
    &query_log_config::TYPE,
    &resolver_rule::TYPE,
    &security_group::TYPE,
    &subnet::TYPE,
    &transit_gateway::TYPE,
];

/// The types that AWS does not share through RAM, each with the assumption by which it does.
pub static ASSUMED: &[(Assumption, &ResourceType)] = &[
    (Assumption::RamSharesImages, &image::TYPE),
    (Assumption::RamSharesHostedZones, &hosted_zone::TYPE),
];

/// A modelled resource type that RAM can share.
#[derive(Debug)]
pub struct ResourceType {
    /// The facts of RAM's documentation about it.
    pub facts: &'static Shareable,
    /// Whether a resource is of this type.
    pub includes: fn(&Kind) -> bool,
}

/// The type of a resource, where RAM can share it.
#[must_use]
pub fn of(assumptions: Assumptions, kind: &Kind) -> Option<&'static ResourceType> {
    let assumed = ASSUMED.iter().filter(|(assumption, _)| assumptions.hold(*assumption));
    let all = TYPES.iter().copied().chain(assumed.map(|(_, of_type)| *of_type));
    all.into_iter().find(|of_type| (of_type.includes)(kind))
}

/// Whether a text is a region scope to filter by, or none.
#[must_use]
pub fn is_scope(text: &str) -> bool {
    matches!(text, "" | "ALL" | "REGIONAL" | "GLOBAL")
}

/// A region scope to filter by: mostly none.
pub(crate) fn draw_scope(dice: &mut Dice<'_>) -> SmolStr {
    let scopes = [("", 80), ("ALL", 5), ("REGIONAL", 8), ("GLOBAL", 5), ("LOCAL", 2)];
    dice.pick_weighted(scopes.into_iter()).map(SmolStr::new_static).unwrap_or_default()
}

/// A type to filter by: mostly none, in any case of letters.
pub(crate) fn draw_type(dice: &mut Dice<'_>) -> SmolStr {
    match dice.below(20) {
        0..3 => SmolStr::new_static(TYPES[dice.below(TYPES.len())].facts.name),
        3 => TYPES[dice.below(TYPES.len())].facts.name.to_ascii_lowercase().into(),
        4 if dice.percent(40) => "subnet".into(),
        _ => SmolStr::default(),
    }
}

/// Whether two names of types mean the same.
#[must_use]
pub fn is_same_type(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether a text names a type that RAM can share, or none.
#[must_use]
pub fn is_shareable(text: &str) -> bool {
    text.is_empty() || shareable::SHAREABLE.iter().any(|it| is_same_type(it.name, text))
}
