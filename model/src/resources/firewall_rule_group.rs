//! DNS Firewall rule groups: shared means listed, and open to associations with VPCs.

use super::ResourceType;
use crate::kinds::{Dns, DnsTags, Ending, KindInfo};
use crate::rules::firewall_rule_group as rules;
use crate::shareable;

/// See <https://docs.aws.amazon.com/ram/latest/userguide/shareable.html>.
pub static TYPE: ResourceType = ResourceType {
    facts: shareable::named("route53resolver:FirewallRuleGroup"),
    includes: |kind| DNS.includes(kind),
};

/// The meaning of being shared: the rules of the type.
pub static DNS: Dns = Dns {
    facts: TYPE.facts,
    kind: KindInfo::new("route53resolver", "firewall-rule-group")
        .seen_by(&rules::SEEN_WHILE_SHARED),
    association: KindInfo::new("route53resolver", "association")
        .owned_by(&rules::ASSOCIATION_SEEN_BY_ITS_MAKER),
    id_prefix: "rslvr-frg-",
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
    one_per_domain_and_vpc: None,
    disassociated_once: &rules::DISASSOCIATED_ONCE,
    association_seen_by_the_owner: Some(&rules::ASSOCIATION_SEEN_BY_THE_OWNER),
    association_removed_by_the_owner: Some(&rules::ASSOCIATION_REMOVED_BY_THE_OWNER),
    kept_while_associated: &rules::KEPT_WHILE_ASSOCIATED,
    kept_while_shared: None,
    deleted_in_use: Ending::Ends(&rules::ASSOCIATION_ENDED_WITH_THE_SHARE),
    revoked_in_use: Ending::Ends(&rules::ASSOCIATION_ENDED_WITH_THE_SHARE),
    left_by_a_move: None,
    tags: Some(DnsTags {
        listed_to_their_maker: &rules::TAGS_LISTED_TO_THEIR_MAKER,
        kept_from_consumers: &rules::TAGS_KEPT_FROM_CONSUMERS,
    }),
};
