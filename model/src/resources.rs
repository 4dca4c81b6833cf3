//! The resource types that RAM can share, as far as they are modelled.
//!
//! What being shared means for each is in its file: who may receive it, and which things of the
//! world are of the type.

pub mod prefix_list;
pub mod security_group;
pub mod subnet;
pub mod transit_gateway;

use crate::world::Kind;

/// The modelled types, one file each.
pub static TYPES: &[&ResourceType] =
    &[&prefix_list::TYPE, &security_group::TYPE, &subnet::TYPE, &transit_gateway::TYPE];

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
    /// The name of the managed permission of AWS that it has by default, where a source states it.
    pub default_permission: Option<&'static str>,
    /// Whether a thing is of this type.
    pub includes: fn(&Kind) -> bool,
}

/// The type of a thing, where RAM can share it.
#[must_use]
pub fn of(kind: &Kind) -> Option<&'static ResourceType> {
    TYPES.iter().copied().find(|of_type| (of_type.includes)(kind))
}
