//! Mutants of what time does, and of the clock by which it passes.

use bellwether_model::rules::{Rule, association, invitation, read, share, time};
use bellwether_model::time::HOUR;
use bellwether_model::world::{AssociationStatus, InvitationStatus, World};
use bellwether_model::{Account, Call};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "clock-moved-once",
        description: "The clock of a target can be moved once, and never again.",
        rule: &time::PASSED_FOR_EVERYBODY,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    PassTime hours=1
owner    PassTime hours=1",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_to_move_again),
    },
    Mutant {
        name: "time-stands-still-for-invitations",
        description: "An invitation that nobody answers never expires.",
        rule: &invitation::EXPIRED_AFTER_TWELVE_HOURS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=consumer -> share
owner    PassTime hours=13",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_invitations),
    },
    Mutant {
        name: "accepted-invitation-ends-access",
        description: "An account loses what it accepted once its invitation is out of date.",
        rule: &association::SETTLED_BY_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreatePlacementGroup -> spread
owner    CreateResourceShare resourceArns=spread principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer
owner    PassTime hours=13",
        equivalent: None,
        mutation: Mutation::Corrupts(end_what_was_accepted),
    },
    Mutant {
        name: "deleted-share-listed-for-ever",
        description: "A deleted share stays listed to its owner, however long ago it was.",
        rule: &share::GONE_HOURS_AFTER_DELETION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    DeleteResourceShare share
owner    PassTime hours=3",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_deleted_shares),
    },
    Mutant {
        name: "time-deletes-shares",
        description: "A share is deleted once it is a day old.",
        rule: &read::OWN_SHARES_LISTED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare -> share
owner    PassTime hours=25",
        equivalent: None,
        mutation: Mutation::Corrupts(delete_old_shares),
    },
];

fn refuse_to_move_again(world: &World, _actor: Account, call: &Call) -> Option<&'static Rule> {
    let moved = world.clocks.values().any(|clock| *clock > 0);
    (matches!(call, Call::PassTime(_)) && moved).then_some(&time::PASSED_FOR_EVERYBODY)
}

fn keep_invitations(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::PassTime(_)) {
        return;
    }
    for (name, share) in &mut world.shares {
        if let Some(before) = done.before.shares.get(name) {
            share.invitations.clone_from(&before.invitations);
            share.principals.clone_from(&before.principals);
        }
    }
}

fn end_what_was_accepted(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::PassTime(call) if call.seconds() > 12 * HOUR) {
        return;
    }
    for share in world.shares.values_mut() {
        for sent in share.invitations.iter().filter(|it| it.status == InvitationStatus::Accepted) {
            if let Some(row) = share.principals.get_mut(&sent.principal) {
                row.status = AssociationStatus::Disassociated;
            }
        }
    }
}

fn keep_deleted_shares(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::PassTime(_)) {
        world.shares.values_mut().for_each(|share| share.deleted_for = 0);
    }
}

fn delete_old_shares(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::PassTime(call) if call.seconds() > 24 * HOUR) {
        world.shares.values_mut().for_each(|share| share.deleted = true);
    }
}
