//! Private hosted zones, where RAM is assumed to share them: shared means listed, and open to
//! associations with VPCs.

use super::ResourceType;
use crate::shareable::{self, Shareable};
use crate::world::Kind;

/// Further assumptions: it goes to anybody, and consumers can leave.
static FACTS: Shareable = shareable::shareable("route53:HostedZone").left();

/// AWS has no such type: <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType =
    ResourceType { facts: &FACTS, includes: |kind| matches!(kind, Kind::HostedZone { .. }) };
