//! Security groups: shared means usable on the consumer's interfaces in the same VPC.

use super::ResourceType;
use crate::shareable;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:SecurityGroup"),
    includes: |kind| matches!(kind, Kind::SecurityGroup { .. }),
};
