//! Resolver rules: shared means listed, and open to associations with VPCs.

use super::ResourceType;
use crate::kinds::{Dns, DnsTags, Ending, KindInfo, LeftByAMove};
use crate::rules::resolver_rule as rules;
use crate::shareable;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("route53resolver:ResolverRule"),
    includes: |kind| DNS.includes(kind),
};

/// The meaning of being shared: the rules of the type.
pub static DNS: Dns = Dns {
    facts: TYPE.facts,
    kind: KindInfo::new("route53resolver", "resolver-rule").seen_by(&rules::SEEN_WHILE_SHARED),
    association: KindInfo::new("route53resolver", "association")
        .owned_by(&rules::ASSOCIATION_SEEN_BY_ITS_MAKER),
    id_prefix: "rslvr-rr-",
    lists_owners: true,
    one_for_each_vpc: false,
    made_by_its_owner: &rules::MADE_BY_ITS_OWNER,
    marked_as_not_shared: &rules::MARKED_AS_NOT_SHARED,
    marked_as_shared_by_its_owner: &rules::MARKED_AS_SHARED_BY_ITS_OWNER,
    marked_as_shared_with_a_consumer: &rules::MARKED_AS_SHARED_WITH_A_CONSUMER,
    existing: &rules::EXISTING,
    known_to_the_caller: &rules::KNOWN_TO_THE_CALLER,
    changed_by_its_owner_alone: &rules::CHANGED_BY_ITS_OWNER_ALONE,
    associated_by_consumers: &rules::ASSOCIATED_BY_CONSUMERS,
    associated_with_own_vpcs: &rules::ASSOCIATED_WITH_OWN_VPCS,
    associated_again: &rules::ASSOCIATED_AGAIN,
    one_per_domain_and_vpc: Some(&rules::ONE_PER_DOMAIN_AND_VPC),
    disassociated_once: &rules::DISASSOCIATED_ONCE,
    association_seen_by_the_owner: None,
    association_removed_by_the_owner: None,
    kept_while_associated: &rules::KEPT_WHILE_ASSOCIATED,
    kept_while_shared: None,
    deleted_in_use: Ending::Open(&rules::DELETED_WHILE_CONSUMERS_USE_IT),
    revoked_in_use: Ending::Open(&rules::ASSOCIATION_LISTED_AFTER_REVOCATION),
    left_by_a_move: Some(LeftByAMove {
        ended: &rules::ASSOCIATION_ENDED_BY_A_MOVE,
        disassociated: &rules::DISASSOCIATED_AFTER_A_MOVE,
    }),
    tags: Some(DnsTags {
        listed_to_their_maker: &rules::TAGS_LISTED_TO_THEIR_MAKER,
        kept_from_consumers: &rules::TAGS_KEPT_FROM_CONSUMERS,
    }),
};
