//! Placement groups: shared means listed, and open to launches that name them by their id.

use super::{ResourceType, shareable};
use crate::dns::Ending;
use crate::plain::Plain;
use crate::rules::placement_group as rules;
use crate::world::Kind;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:PlacementGroup"),
    arn_part: "placement-group",
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
    changed_by_its_owner_alone: &rules::NAMED_BY_ITS_OWNER_ALONE,
    kept_while_used: Some(&rules::KEPT_WHILE_IN_USE),
    revoked_in_use: Some(Ending::Ends(&rules::LEFT_ONCE_REVOKED)),
    named_by_its_instances: Some(("GroupId", &rules::NAMED_BY_ITS_INSTANCES)),
};

fn is_one(kind: &Kind) -> bool {
    matches!(kind, Kind::Plain(plain) if **plain == PLAIN)
}
