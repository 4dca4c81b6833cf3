//! Mutants of what accounts share in Route 53 Resolver and associate with their VPCs: query log
//! configs, rule groups of DNS Firewall, and Resolver rules.

use bellwether_model::answer::{Expected, Key};
use bellwether_model::rules::{Rule, firewall_rule_group, query_log_config, resolver_rule};
use bellwether_model::world::{Kind, Use, World};
use bellwether_model::{Account, Call, Name, Reply, resources};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, lists_own_alone, owns};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "association-kept-through-a-move",
        description: "An account that moves out of the unit that a Resolver rule is shared with keeps its association.",
        rule: &resolver_rule::ASSOCIATION_ENDED_BY_A_MOVE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateResolverRule -> rule
owner      CreateResourceShare resourceArns=rule principals=ou:workloads -> share
member     CreateVpc -> vpc
member     AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> association
management MoveAccount AccountId=member DestinationParentId=ou:platform",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_associations_through_moves),
    },
    Mutant {
        name: "configs-never-shared",
        description: "A share shows its consumers no query log config.",
        rule: &query_log_config::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_configs),
    },
    Mutant {
        name: "config-read-by-anybody",
        description: "A query log config is read by accounts that it is not shared with.",
        rule: &query_log_config::KNOWN_TO_THE_CALLER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResolverQueryLogConfig -> logging
consumer GetResolverQueryLogConfig ResolverQueryLogConfigId=logging",
        equivalent: None,
        mutation: Mutation::Grants(&query_log_config::KNOWN_TO_THE_CALLER),
    },
    Mutant {
        name: "config-of-nobody-invalid",
        description: "A query log config that never existed is refused as an invalid request.",
        rule: &query_log_config::EXISTING,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    GetResolverQueryLogConfig ResolverQueryLogConfigId=\"rqlc-0123456789abcdef\"",
        equivalent: None,
        mutation: Mutation::Recodes(
            &query_log_config::EXISTING,
            &query_log_config::KEPT_WHILE_SHARED,
        ),
    },
    Mutant {
        name: "config-associated-with-foreign-vpc",
        description: "A query log config is associated with a VPC of another account.",
        rule: &query_log_config::ASSOCIATED_WITH_OWN_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
consumer CreateResolverQueryLogConfig -> logging
consumer AssociateResolverQueryLogConfig ResolverQueryLogConfigId=logging ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Grants(&query_log_config::ASSOCIATED_WITH_OWN_VPCS),
    },
    Mutant {
        name: "config-unusable-by-consumers",
        description: "A consumer sees a query log config and can't associate it with its VPCs.",
        rule: &query_log_config::ASSOCIATED_BY_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
member   CreateVpc -> vpc
member   AssociateResolverQueryLogConfig ResolverQueryLogConfigId=logging ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_configs_to_consumers),
    },
    Mutant {
        name: "config-uses-listed-to-owners-alone",
        description: "Associations with the query log configs of others are not listed to those who made them.",
        rule: &query_log_config::ASSOCIATION_SEEN_BY_ITS_MAKER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
member   CreateVpc -> vpc
member   AssociateResolverQueryLogConfig ResolverQueryLogConfigId=logging ResourceId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_uses_of_foreign_configs),
    },
    Mutant {
        name: "config-deleted-by-consumer",
        description: "A consumer deletes a query log config that is shared with it.",
        rule: &query_log_config::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
member   DeleteResolverQueryLogConfig ResolverQueryLogConfigId=logging",
        equivalent: None,
        mutation: Mutation::Grants(&query_log_config::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "config-deleted-while-shared",
        description: "A query log config is deleted while it is shared.",
        rule: &query_log_config::KEPT_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
owner    DeleteResolverQueryLogConfig ResolverQueryLogConfigId=logging",
        equivalent: None,
        mutation: Mutation::Grants(&query_log_config::KEPT_WHILE_SHARED),
    },
    Mutant {
        name: "config-deleted-while-associated",
        description: "A query log config is deleted though a VPC of its owner is associated with it.",
        rule: &query_log_config::KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateResolverQueryLogConfig -> logging
owner    AssociateResolverQueryLogConfig ResolverQueryLogConfigId=logging ResourceId=vpc -> use
owner    DeleteResolverQueryLogConfig ResolverQueryLogConfigId=logging",
        equivalent: None,
        mutation: Mutation::Grants(&query_log_config::KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "config-use-outlives-its-share",
        description: "The associations of a consumer stay listed when a query log config is no longer shared with it.",
        rule: &query_log_config::ASSOCIATION_ENDED_WITH_THE_SHARE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
member   CreateVpc -> vpc
member   AssociateResolverQueryLogConfig ResolverQueryLogConfigId=logging ResourceId=vpc -> use
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Distorts(keep_uses_of_configs),
    },
    Mutant {
        name: "config-shared-by-its-consumers",
        description: "The ShareStatus of a query log config is SHARED_BY_ME for everybody.",
        rule: &query_log_config::MARKED_AS_SHARED_WITH_A_CONSUMER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(mark_configs_as_shared_by_the_caller),
    },
    Mutant {
        name: "config-shared-by-nobody",
        description: "A query log config that nobody shares is SHARED_BY_ME.",
        rule: &query_log_config::MARKED_AS_NOT_SHARED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResolverQueryLogConfig -> logging",
        equivalent: None,
        mutation: Mutation::Rewrites(mark_unshared_configs),
    },
    Mutant {
        name: "firewall-unread-by-consumers",
        description: "A consumer lists a rule group of DNS Firewall and can't read it.",
        rule: &firewall_rule_group::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share
member   GetFirewallRuleGroup FirewallRuleGroupId=firewall",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_firewalls_to_consumers),
    },
    Mutant {
        name: "firewall-listed-as-own",
        description: "A shared rule group of DNS Firewall is listed with the consumer as its owner.",
        rule: &firewall_rule_group::SEEN_WHILE_SHARED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_firewalls_as_own),
    },
    Mutant {
        name: "firewall-never-marked",
        description: "The ShareStatus of a rule group of DNS Firewall is NOT_SHARED for ever.",
        rule: &firewall_rule_group::MARKED_AS_SHARED_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(mark_no_firewall),
    },
    Mutant {
        name: "firewall-associated-with-foreign-vpc",
        description: "A rule group of DNS Firewall is associated with a VPC of another account.",
        rule: &firewall_rule_group::ASSOCIATED_WITH_OWN_VPCS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
consumer CreateFirewallRuleGroup -> firewall
consumer AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use",
        equivalent: None,
        mutation: Mutation::Grants(&firewall_rule_group::ASSOCIATED_WITH_OWN_VPCS),
    },
    Mutant {
        name: "firewall-associated-twice",
        description: "A rule group of DNS Firewall is associated with the same VPC twice.",
        rule: &firewall_rule_group::ASSOCIATED_AGAIN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateFirewallRuleGroup -> firewall
owner    AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use
owner    AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> again",
        equivalent: Some(
            "whether AWS refuses to associate a rule group of DNS Firewall with a VPC again is open",
        ),
        mutation: Mutation::Distorts(forget_uses_of_firewalls),
    },
    Mutant {
        name: "firewall-left-by-anybody",
        description: "An account takes away the associations of others with rule groups of DNS Firewall.",
        rule: &firewall_rule_group::DISASSOCIATED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateFirewallRuleGroup -> firewall
owner    AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use
consumer DisassociateFirewallRuleGroup FirewallRuleGroupAssociationId=use",
        equivalent: None,
        mutation: Mutation::Grants(&firewall_rule_group::DISASSOCIATED_ONCE),
    },
    Mutant {
        name: "firewall-deleted-by-consumer",
        description: "A consumer deletes a rule group of DNS Firewall that is shared with it.",
        rule: &firewall_rule_group::CHANGED_BY_ITS_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share
member   DeleteFirewallRuleGroup FirewallRuleGroupId=firewall",
        equivalent: None,
        mutation: Mutation::Grants(&firewall_rule_group::CHANGED_BY_ITS_OWNER_ALONE),
    },
    Mutant {
        name: "firewall-deleted-while-associated",
        description: "A rule group of DNS Firewall is deleted though a VPC of its owner is associated with it.",
        rule: &firewall_rule_group::KEPT_WHILE_ASSOCIATED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateFirewallRuleGroup -> firewall
owner    AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use
owner    DeleteFirewallRuleGroup FirewallRuleGroupId=firewall",
        equivalent: None,
        mutation: Mutation::Grants(&firewall_rule_group::KEPT_WHILE_ASSOCIATED),
    },
    Mutant {
        name: "firewall-kept-by-consumers",
        description: "A rule group of DNS Firewall can't be deleted while consumers have it associated.",
        rule: &firewall_rule_group::MADE_BY_ITS_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share
member   CreateVpc -> vpc
member   AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use
owner    DeleteFirewallRuleGroup FirewallRuleGroupId=firewall",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_deletion_of_used_firewalls),
    },
    Mutant {
        name: "firewall-use-outlives-its-share",
        description: "The associations of a consumer stay listed when a rule group of DNS Firewall is no longer shared with it.",
        rule: &firewall_rule_group::ASSOCIATION_ENDED_WITH_THE_SHARE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share
member   CreateVpc -> vpc
member   AssociateFirewallRuleGroup FirewallRuleGroupId=firewall VpcId=vpc -> use
owner    DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Distorts(keep_uses_of_firewalls),
    },
    Mutant {
        name: "rule-associated-twice",
        description: "A Resolver rule is associated with the same VPC twice.",
        rule: &resolver_rule::ASSOCIATED_AGAIN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateResolverRule -> rule
owner    AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> association
owner    AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> again",
        equivalent: None,
        mutation: Mutation::Grants(&resolver_rule::ASSOCIATED_AGAIN),
    },
    Mutant {
        name: "rules-of-one-domain-associated",
        description: "Two Resolver rules for one domain are associated with one VPC.",
        rule: &resolver_rule::ONE_PER_DOMAIN_AND_VPC,
        seen: "moto/route53resolver/models.py: associate_resolver_rule compares the ids of rules, not their domains",
        shown: "world standalone

owner    CreateVpc -> vpc
owner    CreateResolverRule DomainName=\"corp.example.com\" -> rule
owner    CreateResolverRule DomainName=\"corp.example.com\" -> other
owner    AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> association
owner    AssociateResolverRule ResolverRuleId=other VPCId=vpc -> again",
        equivalent: None,
        mutation: Mutation::Grants(&resolver_rule::ONE_PER_DOMAIN_AND_VPC),
    },
    Mutant {
        name: "domains-compared-among-own-rules",
        description: "An own Resolver rule does not hinder another account's rule for the same domain from being associated.",
        rule: &resolver_rule::ONE_PER_DOMAIN_AND_VPC,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule DomainName=\"corp.example.com\" -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share
member   CreateVpc -> vpc
member   CreateResolverRule DomainName=\"corp.example.com\" -> own
member   AssociateResolverRule ResolverRuleId=own VPCId=vpc -> association
member   AssociateResolverRule ResolverRuleId=rule VPCId=vpc -> again",
        equivalent: None,
        mutation: Mutation::Distorts(forget_domains_of_foreign_rules),
    },
    Mutant {
        name: "rule-tags-leak",
        description: "A consumer is shown the tags that the owner of a Resolver rule made it with.",
        rule: &resolver_rule::TAGS_KEPT_FROM_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverRule Tags=\"team=blue\" -> rule
owner    CreateResourceShare resourceArns=rule principals=member -> share
member   ListTagsForResource ResourceArn=rule",
        equivalent: None,
        mutation: Mutation::GrantsReads(&resolver_rule::TAGS_KEPT_FROM_CONSUMERS),
    },
    Mutant {
        name: "firewall-tags-leak",
        description: "A consumer is shown the tags that the owner of a rule group of DNS Firewall made it with.",
        rule: &firewall_rule_group::TAGS_KEPT_FROM_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateFirewallRuleGroup Tags=\"team=blue\" -> firewall
owner    CreateResourceShare resourceArns=firewall principals=member -> share
member   ListTagsForResource ResourceArn=firewall",
        equivalent: None,
        mutation: Mutation::GrantsReads(&firewall_rule_group::TAGS_KEPT_FROM_CONSUMERS),
    },
    Mutant {
        name: "config-tags-leak",
        description: "A consumer is shown the tags that the owner of a query log config made it with.",
        rule: &query_log_config::TAGS_KEPT_FROM_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResolverQueryLogConfig Tags=\"team=blue\" -> logging
owner    CreateResourceShare resourceArns=logging principals=member -> share
member   ListTagsForResource ResourceArn=logging",
        equivalent: None,
        mutation: Mutation::GrantsReads(&query_log_config::TAGS_KEPT_FROM_CONSUMERS),
    },
    Mutant {
        name: "rule-tags-never-kept",
        description: "The tags that a Resolver rule is made with are not kept.",
        rule: &resolver_rule::TAGS_LISTED_TO_THEIR_MAKER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResolverRule Tags=\"team=blue\" -> rule",
        equivalent: None,
        mutation: Mutation::Distorts(forget_tags_of_rules),
    },
];
fn keep_associations_through_moves(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::MoveAccount(_)) {
        return;
    }
    let ended = Use::Ended(&resolver_rule::ASSOCIATION_ENDED_BY_A_MOVE);
    for resource in world.resources.values_mut() {
        if let Kind::DnsAssociation { state, .. } = &mut resource.kind
            && *state == ended
        {
            *state = Use::Plain;
            resource.deleted = false;
        }
    }
}

fn forget_domains_of_foreign_rules(world: &mut World, actor: Account, call: &Call) {
    if matches!(call, Call::AssociateResolverRule(_)) {
        let World { given_names, resources, .. } = world;
        given_names.retain(|name, _| resources.get(name).is_some_and(|it| it.owner == actor));
    }
}

fn forget_tags_of_rules(world: &mut World, _actor: Account, call: &Call) {
    let Call::ListTagsForResource(call) = call else { return };
    let is_rule = |name: &Name| {
        world.resources.get(name).is_some_and(|it| resources::resolver_rule::DNS.includes(&it.kind))
    };
    if let Some(name) = call.resource_arn.name().filter(|name| is_rule(name)) {
        world.tags.remove(name);
    }
}

fn lists_configs(call: &Call) -> bool {
    matches!(call, Call::ListResolverQueryLogConfigs(_))
}

fn hide_configs(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if lists_configs(call) {
        lists_own_alone(reply, world, actor);
    }
}

fn refuse_configs_to_consumers(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AssociateResolverQueryLogConfig(call) = call else { return None };
    let foreign = is_foreign(world, actor, &call.resolver_query_log_config_id);
    foreign.then_some(&query_log_config::KNOWN_TO_THE_CALLER)
}

fn refuse_firewalls_to_consumers(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::GetFirewallRuleGroup(call) = call else { return None };
    let foreign = is_foreign(world, actor, &call.firewall_rule_group_id);
    foreign.then_some(&firewall_rule_group::KNOWN_TO_THE_CALLER)
}

/// Whether a row is about an association with something of this account's.
pub(super) fn is_use_of(world: &World, actor: Account, key: &Key) -> bool {
    let Key::Resource(name) = key else { return false };
    let resource = world.resources.get(name).filter(|resource| !resource.deleted);
    resource.is_some_and(|resource| {
        matches!(&resource.kind, Kind::DnsAssociation { of, .. } if owns(world, actor, of))
    })
}

fn hide_uses_of_foreign_configs(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListResolverQueryLogConfigAssociations(_)) {
        reply.rows.retain(|row| is_use_of(world, actor, &row.key));
    }
}

/// Goes on with the associations that have ended by this rule.
fn keep_ended(world: &mut World, by: &Rule) {
    for resource in world.resources.values_mut() {
        if let Kind::DnsAssociation { state, .. } = &mut resource.kind
            && matches!(state, Use::Ended(rule) if *rule == by)
        {
            *state = Use::Plain;
            resource.deleted = false;
        }
    }
}

fn keep_uses_of_configs(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListResolverQueryLogConfigAssociations(_)) {
        keep_ended(world, &query_log_config::ASSOCIATION_ENDED_WITH_THE_SHARE);
    }
}

fn keep_uses_of_firewalls(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListFirewallRuleGroupAssociations(_)) {
        keep_ended(world, &firewall_rule_group::ASSOCIATION_ENDED_WITH_THE_SHARE);
    }
}

/// Says this ShareStatus in all rows where the model says the other one.
pub(super) fn mark(reply: &mut Reply, expected: &str, said: &'static [&'static str]) {
    let fields = reply.rows.iter_mut().flat_map(|row| &mut row.fields);
    for field in fields.filter(|field| field.name == "ShareStatus") {
        if matches!(&field.expected, Expected::OneOf(words) if words.contains(&expected)) {
            field.expected = Expected::OneOf(said);
        }
    }
}

fn mark_configs_as_shared_by_the_caller(
    reply: &mut Reply,
    _world: &World,
    _actor: Account,
    call: &Call,
) {
    if lists_configs(call) {
        mark(reply, "SHARED_WITH_ME", &["SHARED_BY_ME"]);
    }
}

fn mark_unshared_configs(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if lists_configs(call) {
        mark(reply, "NOT_SHARED", &["SHARED_BY_ME"]);
    }
}

fn mark_no_firewall(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListFirewallRuleGroups(_)) {
        mark(reply, "SHARED_BY_ME", &["NOT_SHARED"]);
    }
}

fn list_firewalls_as_own(reply: &mut Reply, _world: &World, actor: Account, call: &Call) {
    if matches!(call, Call::ListFirewallRuleGroups(_)) {
        let fields = reply.rows.iter_mut().flat_map(|row| &mut row.fields);
        for field in fields.filter(|field| field.name == "OwnerId") {
            field.expected = Expected::Account(actor);
        }
    }
}

/// Whether a resource is associated with a VPC.
fn is_used(world: &World, named: &Name) -> bool {
    let mut living = world.resources.values().filter(|resource| !resource.deleted);
    living.any(|it| matches!(&it.kind, Kind::DnsAssociation { of, .. } if of == named))
}

fn refuse_deletion_of_used_firewalls(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::DeleteFirewallRuleGroup(call) = call else { return None };
    let used = is_used(world, call.firewall_rule_group_id.name()?);
    used.then_some(&firewall_rule_group::KEPT_WHILE_ASSOCIATED)
}

fn forget_uses_of_firewalls(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::AssociateFirewallRuleGroup(_)) {
        world.resources.retain(|_, it| !matches!(it.kind, Kind::DnsAssociation { .. }));
    }
}
