//! Managed prefix lists: shared means listed, with readable entries.

use super::ResourceType;
use crate::shareable;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:PrefixList"),
    includes: |kind| matches!(kind, Kind::PrefixList { .. }),
};
