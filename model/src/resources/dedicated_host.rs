//! Dedicated hosts: shared means listed, and open to launches onto them.

use super::ResourceType;
use crate::kinds::{Ending, KindInfo, Plain};
use crate::rules::dedicated_host as rules;
use crate::shareable;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("ec2:DedicatedHost"),
    includes: |kind| PLAIN.includes(kind),
};

/// The meaning of being shared: the rules of the type.
pub static PLAIN: Plain = Plain {
    facts: TYPE.facts,
    kind: KindInfo::new("ec2", "dedicated-host").seen_by(&rules::SEEN_WHILE_SHARED),
    made_by_its_owner: &rules::ALLOCATED_BY_ITS_OWNER,
    known_to_the_caller: &rules::KNOWN_TO_THE_CALLER,
    changed_by_its_owner_alone: &rules::CHANGED_BY_ITS_OWNER_ALONE,
    kept_while_used: Some(&rules::KEPT_WHILE_OCCUPIED),
    revoked_in_use: Some(Ending::Open(&rules::OCCUPIED_AFTER_REVOCATION)),
    named_by_its_instances: Some(("HostId", &rules::NAMED_BY_ITS_INSTANCES)),
};
