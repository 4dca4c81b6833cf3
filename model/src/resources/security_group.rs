//! Security groups: shared means usable on the consumer's interfaces in the same VPC.

use super::ResourceType;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    name: "ec2:SecurityGroup",
    arn_part: "security-group",
    inside_organization_only: true,
    takes_identities: true,
    can_be_left: false,
    default_permission: None,
    includes: |kind| matches!(kind, Kind::SecurityGroup { .. }),
};
