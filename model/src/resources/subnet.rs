//! Subnets: shared means listed together with the VPC, and open to launches.

use super::ResourceType;
use crate::shareable;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:Subnet"),
    includes: |kind| matches!(kind, Kind::Subnet { .. }),
};
