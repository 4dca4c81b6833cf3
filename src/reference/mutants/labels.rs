//! Mutants of tags on resources of EC2, of which each account has its own.

use bellwether_model::resources;
use bellwether_model::rules::{Rule, label};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, owns};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "owners-tags-leak",
        description: "A participant is shown the tags that the owner put on a subnet or VPC.",
        rule: &label::KEPT_FROM_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateTags Resources=net Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_of_subnets),
    },
    Mutant {
        name: "image-tags-leak",
        description: "An account that may launch an image is shown the tags that its owner put there.",
        rule: &label::KEPT_FROM_CONSUMERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    RegisterImage -> image
owner    ModifyImageAttribute ImageId=image Add=consumer
owner    CreateTags Resources=image Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_of_images),
    },
    Mutant {
        name: "gateway-tags-leak",
        description: "A consumer is shown the tags that the owner put on a transit gateway.",
        rule: &label::KEPT_FROM_CONSUMERS_OF_GATEWAYS_AND_POOLS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateTransitGateway -> gateway
owner    CreateResourceShare resourceArns=gateway principals=member -> share
owner    CreateTags Resources=gateway Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_of_gateways),
    },
    Mutant {
        name: "pool-tags-leak",
        description: "A consumer is shown the tags that the owner put on an IPAM pool.",
        rule: &label::KEPT_FROM_CONSUMERS_OF_GATEWAYS_AND_POOLS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
owner      CreateTags Resources=pool Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_of_pools),
    },
    Mutant {
        name: "prefix-list-tags-leak",
        description: "A consumer is shown the tags that the owner put on a prefix list.",
        rule: &label::KEPT_FROM_CONSUMERS_OF_PREFIX_LISTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateManagedPrefixList -> list
owner    CreateResourceShare resourceArns=list principals=member -> share
owner    CreateTags Resources=list Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_of_prefix_lists),
    },
    Mutant {
        name: "participants-tags-leak",
        description: "The owner of a subnet is shown the tags that participants put there.",
        rule: &label::SEEN_BY_THE_OWNER_OF_THE_THING,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateTags Resources=net Tags=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Distorts(show_tags_to_owners),
    },
    Mutant {
        name: "unseen-resource-tagged",
        description: "An account tags a resource that it does not see.",
        rule: &label::ON_WHAT_IS_SEEN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
consumer CreateTags Resources=net Tags=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Grants(&label::ON_WHAT_IS_SEEN),
    },
    Mutant {
        name: "tagging-refused-to-participants",
        description: "A participant can't tag a subnet that it sees.",
        rule: &label::PUT_BY_WHO_SEES,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
member   CreateTags Resources=net Tags=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_tags_of_participants),
    },
    Mutant {
        name: "tags-of-resources-never-kept",
        description: "Tagging a resource of EC2 is answered, and not kept.",
        rule: &label::SEEN_BY_WHO_PUT_THEM,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateTags Resources=net Tags=\"team=blue\"",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_tagging),
    },
    Mutant {
        name: "tags-of-resources-replaced",
        description: "Tagging a resource of EC2 takes its other tags off.",
        rule: &label::SEEN_BY_WHO_PUT_THEM,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateSubnet -> net
owner    CreateTags Resources=net Tags=\"team=blue\"
owner    CreateTags Resources=net Tags=\"stage=test\"",
        equivalent: None,
        mutation: Mutation::Corrupts(replace_tags),
    },
    Mutant {
        name: "tags-overwritten-by-participants",
        description: "The tags of a participant take the place of those that the owner put on a subnet.",
        rule: &label::SEEN_BY_THE_OWNER_OF_THE_THING,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateSubnet -> net
owner    CreateResourceShare resourceArns=net principals=member -> share
owner    CreateTags Resources=net Tags=\"team=blue\"
member   CreateTags Resources=net Tags=\"team=red\"",
        equivalent: None,
        mutation: Mutation::Corrupts(overwrite_tags_of_others),
    },
];

/// Shows the caller the tags of all accounts on a resource that it sees, as its own.
fn show_tags(world: &mut World, actor: Account, call: &Call, shown: impl Fn(&Kind) -> bool) {
    let Call::DescribeTags(call) = call else { return };
    let Some(name) = call.resource_id.name() else { return };
    let seen = world.sight(actor, name).is_seen();
    if !seen || world.resources.get(name).is_none_or(|it| !shown(&it.kind)) {
        return;
    }
    let of_all = world.labels.iter().filter(|((of, _), _)| of == name);
    let of_all = of_all.flat_map(|(_, tags)| tags.clone()).collect();
    world.labels.insert((name.clone(), actor), of_all);
}

fn show_tags_of_subnets(world: &mut World, actor: Account, call: &Call) {
    show_tags(world, actor, call, |kind| matches!(kind, Kind::Vpc | Kind::Subnet { .. }));
}

fn show_tags_of_images(world: &mut World, actor: Account, call: &Call) {
    show_tags(world, actor, call, |kind| matches!(kind, Kind::Image { .. }));
}

fn show_tags_of_gateways(world: &mut World, actor: Account, call: &Call) {
    show_tags(world, actor, call, |kind| matches!(kind, Kind::TransitGateway { .. }));
}

fn show_tags_of_pools(world: &mut World, actor: Account, call: &Call) {
    show_tags(world, actor, call, |kind| resources::ipam_pool::PLAIN.includes(kind));
}

fn show_tags_of_prefix_lists(world: &mut World, actor: Account, call: &Call) {
    show_tags(world, actor, call, |kind| matches!(kind, Kind::PrefixList { .. }));
}

fn show_tags_to_owners(world: &mut World, actor: Account, call: &Call) {
    let Call::DescribeTags(asked) = call else { return };
    if asked.resource_id.name().is_some_and(|name| owns(world, actor, name)) {
        show_tags(world, actor, call, |_| true);
    }
}

fn refuse_tags_of_participants(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::CreateTags(call) = call else { return None };
    is_foreign(world, actor, &call.resource).then_some(&label::ON_WHAT_IS_SEEN)
}

fn undo_tagging(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::CreateTags(_)) {
        world.labels.clone_from(&done.before.labels);
    }
}

fn replace_tags(world: &mut World, done: &Done<'_>) {
    let Call::CreateTags(call) = done.call else { return };
    let Some(name) = call.resource.name() else { return };
    if let Some(tags) = world.labels.get_mut(&(name.clone(), done.actor)) {
        tags.retain(|key, _| call.tags.iter().any(|tag| tag.key == *key));
    }
}

fn overwrite_tags_of_others(world: &mut World, done: &Done<'_>) {
    let Call::CreateTags(call) = done.call else { return };
    let Some(new) = call.resource.name().cloned() else { return };
    let Some(tags) = world.labels.get(&(new.clone(), done.actor)).cloned() else { return };
    for ((name, _), others) in &mut world.labels {
        if *name == new {
            others.clone_from(&tags);
        }
    }
}
