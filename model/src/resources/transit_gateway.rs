//! Transit gateways: shared means listed, and open to attachments.

use super::ResourceType;
use crate::shareable;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:TransitGateway"),
    includes: |kind| matches!(kind, Kind::TransitGateway { .. }),
};
