//! AMIs, where RAM is assumed to share them: shared means listed, and open to launches.

use super::ResourceType;
use crate::shareable::{self, Shareable};
use crate::world::Kind;

/// Further assumptions: it goes to anybody, and consumers can leave.
static FACTS: Shareable = shareable::shareable("ec2:Image").left();

/// AWS has no such type: <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType =
    ResourceType { facts: &FACTS, includes: |kind| matches!(kind, Kind::Image { .. }) };
