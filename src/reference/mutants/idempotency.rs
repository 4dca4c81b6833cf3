//! Mutants of repeated calls: tokens, duplicates, lost updates.

use bellwether_model::rules::{Rule, association, principal, share, tag, token};
use bellwether_model::world::{AssociationStatus, World};
use bellwether_model::{Account, Call, tokens};
use serde_json::Value;

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "token-forgotten",
        description: "A call that is repeated with its token acts a second time.",
        rule: &token::ACTED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare clientToken=once -> share
owner    CreateResourceShare clientToken=once",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_tokens),
    },
    Mutant {
        name: "repetition-refused",
        description: "A call that is repeated with its token is refused.",
        rule: &token::ACTED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare clientToken=once -> share
owner    CreateResourceShare clientToken=once",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_repetitions),
    },
    Mutant {
        name: "token-with-other-parameters",
        description: "A token that comes again with other parameters is taken for a new one.",
        rule: &token::SAME_PARAMETERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare clientToken=once -> share
owner    CreateResourceShare name=other clientToken=once",
        equivalent: None,
        mutation: Mutation::Grants(&token::SAME_PARAMETERS),
    },
    Mutant {
        name: "token-unreturned",
        description: "Answers leave the token out that the call bore.",
        rule: &token::RETURNED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare clientToken=once -> share",
        equivalent: None,
        mutation: Mutation::Garbles(leave_tokens_out),
    },
    Mutant {
        name: "mismatch-malformed",
        description: "A token with other parameters is refused as a malformed ARN.",
        rule: &token::SAME_PARAMETERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare clientToken=once -> share
owner    CreateResourceShare name=other clientToken=once",
        equivalent: None,
        mutation: Mutation::Recodes(&token::SAME_PARAMETERS, &share::NAMED_BY_AN_ARN),
    },
    Mutant {
        name: "shared-once-in-all",
        description: "A resource that one share holds is put into no other: a flag in place of a count.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResolverRule -> rule
owner    CreateResourceShare resourceArns=rule -> share
owner    CreateResourceShare -> share2
owner    AssociateResourceShare share2 resourceArns=rule",
        equivalent: None,
        mutation: Mutation::Corrupts(share_once),
    },
    Mutant {
        name: "update-overwrites-principals",
        description: "Updating a share writes it back without its principals: their joining is lost.",
        rule: &association::SETTLED_BY_ITSELF,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    UpdateResourceShare share name=renamed",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_principals_by_update),
    },
    Mutant {
        name: "association-overwrites-tags",
        description: "Adding something to a share writes it back without its tags.",
        rule: &tag::LISTED_TO_THE_OWNER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare tags=\"team=blue\" -> share
owner    AssociateResourceShare share principals=stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(lose_tags_by_association),
    },
    Mutant {
        name: "principal-added-twice-refused",
        description: "Adding a principal that is in the share already is refused.",
        rule: &association::REPEATED_HARMLESSLY,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share
owner    AssociateResourceShare share principals=member",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_repeated_principals),
    },
];

fn forget_tokens(world: &mut World, _done: &Done<'_>) {
    world.idempotency.clear();
}

fn refuse_repetitions(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    tokens::repeated(world, actor, call).map(|_| &token::SAME_PARAMETERS)
}

fn leave_tokens_out(_path: &str, answer: &mut Value) {
    if let Some(members) = answer.as_object_mut() {
        members.remove("clientToken");
    }
}

fn share_once(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    let share = call.share.name();
    let elsewhere = done.before.shares.iter().filter(|(name, _)| Some(*name) != share);
    let held = elsewhere.flat_map(|(_, other)| &other.resources);
    let mut held = held.filter(|(_, it)| it.status == AssociationStatus::Associated);
    if held.any(|(resource, _)| call.resource_arns.iter().any(|it| it.name() == Some(resource))) {
        world.clone_from(done.before);
    }
}

fn lose_principals_by_update(world: &mut World, done: &Done<'_>) {
    let Call::UpdateResourceShare(call) = done.call else { return };
    if let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) {
        share.principals.clear();
    }
}

fn lose_tags_by_association(world: &mut World, done: &Done<'_>) {
    let Call::AssociateResourceShare(call) = done.call else { return };
    if let Some(share) = call.share.name().and_then(|name| world.shares.get_mut(name)) {
        share.tags.clear();
    }
}

fn refuse_repeated_principals(
    world: &World,
    _actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::AssociateResourceShare(call) = call else { return None };
    let share = world.shares.get(call.share.name()?)?;
    let held = |it| share.principals.get(it).map(|held| held.status);
    let again = call.principals.iter().any(|it| held(it) == Some(AssociationStatus::Associated));
    again.then_some(&principal::OUTSIDERS_WHERE_ALLOWED)
}
