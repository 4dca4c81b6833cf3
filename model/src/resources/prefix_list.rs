//! Managed prefix lists: shared means listed, with readable entries.

use super::ResourceType;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    name: "ec2:PrefixList",
    arn_part: "prefix-list",
    inside_organization_only: false,
    takes_identities: false,
    can_be_left: true,
    default_permission: None,
    includes: |kind| matches!(kind, Kind::PrefixList { .. }),
};
