//! IPAM pools: shared means listed, and open to allocations.

use super::{ResourceType, shareable};
use crate::plain::Plain;
use crate::rules::ipam_pool as rules;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:IpamPool"),
    arn_part: "ipam-pool",
    includes: is_one,
};

/// What being shared means.
pub static PLAIN: Plain = Plain {
    facts: TYPE.facts,
    arn_part: TYPE.arn_part,
    includes: is_one,
    made_by_its_owner: &rules::MADE_BY_ITS_OWNER,
    seen_while_shared: &rules::SEEN_WHILE_SHARED,
    known_to_the_caller: &rules::KNOWN_TO_THE_CALLER,
    changed_by_its_owner_alone: &rules::CHANGED_BY_ITS_OWNER_ALONE,
    kept_while_used: None,
    revoked_in_use: None,
    named_by_its_instances: None,
};

fn is_one(kind: &Kind) -> bool {
    matches!(kind, Kind::Plain(plain) if **plain == PLAIN)
}
