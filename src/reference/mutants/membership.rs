//! Mutants of joining, leaving and moving in an organization.

use bellwether_model::rules::{Rule, membership, read};
use bellwether_model::world::World;
use bellwether_model::{Account, Call, Principal};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "left-without-an-organization",
        description: "An account that is in no organization leaves it.",
        rule: &membership::IN_AN_ORGANIZATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    LeaveOrganization",
        equivalent: None,
        mutation: Mutation::Grants(&membership::IN_AN_ORGANIZATION),
    },
    Mutant {
        name: "removed-by-anybody",
        description: "A member removes other accounts from the organization.",
        rule: &membership::MANAGED_BY_MANAGEMENT_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    RemoveAccountFromOrganization AccountId=sibling",
        equivalent: None,
        mutation: Mutation::Grants(&membership::MANAGED_BY_MANAGEMENT_ALONE),
    },
    Mutant {
        name: "management-leaves",
        description: "The management account leaves its organization.",
        rule: &membership::KEPT_BY_ITS_MANAGEMENT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management LeaveOrganization",
        equivalent: None,
        mutation: Mutation::Grants(&membership::KEPT_BY_ITS_MANAGEMENT),
    },
    Mutant {
        name: "outsider-removed",
        description: "An account that is not in the organization is removed from it.",
        rule: &membership::OF_ACCOUNTS_IN_IT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management RemoveAccountFromOrganization AccountId=outsider",
        equivalent: None,
        mutation: Mutation::Grants(&membership::OF_ACCOUNTS_IN_IT),
    },
    Mutant {
        name: "moved-to-nowhere",
        description: "An account is moved into a unit that does not exist.",
        rule: &membership::MOVED_TO_A_PARENT_THAT_EXISTS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management MoveAccount AccountId=member DestinationParentId=ou:nowhere",
        equivalent: None,
        mutation: Mutation::Grants(&membership::MOVED_TO_A_PARENT_THAT_EXISTS),
    },
    Mutant {
        name: "moved-to-where-it-is",
        description: "An account is moved into the unit that it is in.",
        rule: &membership::MOVED_TO_ANOTHER_PARENT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management MoveAccount AccountId=member DestinationParentId=ou:workloads",
        equivalent: None,
        mutation: Mutation::Grants(&membership::MOVED_TO_ANOTHER_PARENT),
    },
    Mutant {
        name: "member-asked-to-join",
        description: "A member is asked into the organization that it is in.",
        rule: &membership::OF_ONE_ORGANIZATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management InviteAccountToOrganization Target=member -> handshake",
        equivalent: None,
        mutation: Mutation::Grants(&membership::OF_ONE_ORGANIZATION),
    },
    Mutant {
        name: "asked-twice",
        description: "An account that has not answered is asked to join again.",
        rule: &membership::ASKED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management InviteAccountToOrganization Target=outsider -> handshake
management InviteAccountToOrganization Target=outsider -> again",
        equivalent: None,
        mutation: Mutation::Grants(&membership::ASKED_ONCE),
    },
    Mutant {
        name: "joined-by-anybody",
        description: "An account joins by the handshake of another.",
        rule: &membership::ANSWERED_BY_WHO_IS_ASKED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management InviteAccountToOrganization Target=outsider -> handshake
stranger   AcceptHandshake handshake",
        equivalent: None,
        mutation: Mutation::Grants(&membership::ANSWERED_BY_WHO_IS_ASKED),
    },
    Mutant {
        name: "joined-twice",
        description: "A handshake is accepted twice.",
        rule: &membership::ANSWERED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management InviteAccountToOrganization Target=outsider -> handshake
outsider   AcceptHandshake handshake
outsider   AcceptHandshake handshake",
        equivalent: None,
        mutation: Mutation::Grants(&membership::ANSWERED_ONCE),
    },
    Mutant {
        name: "unknown-handshake-denied",
        description: "A handshake that does not exist is refused as forbidden.",
        rule: &membership::ASKED_AT_ALL,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

outsider AcceptHandshake \"h-0123456789\"",
        equivalent: None,
        mutation: Mutation::Recodes(
            &membership::ASKED_AT_ALL,
            &membership::ANSWERED_BY_WHO_IS_ASKED,
        ),
    },
    Mutant {
        name: "joining-refused-to-sharers",
        description: "An account that has a share of its own can't join an organization.",
        rule: &membership::JOINED_BY_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

outsider   CreateResourceShare -> share
management InviteAccountToOrganization Target=outsider -> handshake
outsider   AcceptHandshake handshake",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_sharers),
    },
    Mutant {
        name: "management-stays-outside",
        description: "Only members can move: the management account can't be put into a unit.",
        rule: &membership::MOVED_BY_MANAGEMENT,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

management MoveAccount AccountId=management DestinationParentId=ou:platform",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_to_move_management),
    },
    Mutant {
        name: "moved-into-the-root",
        description: "An account that is moved leaves its unit, and does not come into the other one.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateResourceShare principals=ou:batch -> share
management MoveAccount AccountId=member DestinationParentId=ou:batch",
        equivalent: None,
        mutation: Mutation::Corrupts(move_into_the_root),
    },
    Mutant {
        name: "unit-kept-by-the-moved",
        description: "An account that is moved keeps what is shared with its old unit.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateResourceShare principals=ou:batch -> share
management MoveAccount AccountId=sibling DestinationParentId=ou:platform",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_moving),
    },
    Mutant {
        name: "leaving-without-effect-on-shares",
        description: "An account that has left its organization keeps what is shared with it.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=organization -> share
member   LeaveOrganization",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_leaving),
    },
    Mutant {
        name: "joining-without-effect",
        description: "An account that has joined does not get what is shared with the organization.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateResourceShare principals=organization -> share
management InviteAccountToOrganization Target=outsider -> handshake
outsider   AcceptHandshake handshake",
        equivalent: None,
        mutation: Mutation::Corrupts(undo_joining),
    },
    Mutant {
        name: "sharing-ended-by-other-services",
        description: "Ending the access of any service ends sharing with the organization.",
        rule: &read::FOREIGN_SHARES_LISTED_ONCE_USABLE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateResourceShare principals=organization -> share
management DisableAWSServiceAccess ServicePrincipal=\"config.amazonaws.com\"",
        equivalent: None,
        mutation: Mutation::Corrupts(end_sharing_with_any_service),
    },
];

fn refuse_sharers(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let shares = world.shares.values().any(|share| share.owner == actor && !share.deleted);
    let joins = matches!(call, Call::AcceptHandshake(_));
    (joins && shares).then_some(&membership::OF_ONE_ORGANIZATION)
}

fn refuse_to_move_management(_world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::MoveAccount(call) = call else { return None };
    let moved = call.account_id.as_ref().and_then(Principal::account);
    (moved == Some(actor)).then_some(&membership::OF_ACCOUNTS_IN_IT)
}

/// The account that a call moves out of a unit.
fn moved(done: &Done<'_>) -> Option<Account> {
    let Call::MoveAccount(call) = done.call else { return None };
    let moved = call.account_id.as_ref().and_then(Principal::account)?;
    done.before.members.get(&moved)?.unit.is_some().then_some(moved)
}

fn undo_moving(world: &mut World, done: &Done<'_>) {
    if moved(done).is_some() {
        world.clone_from(done.before);
    }
}

fn move_into_the_root(world: &mut World, done: &Done<'_>) {
    if let Some(account) = moved(done)
        && let Some(membership) = world.members.get_mut(&account)
    {
        membership.unit = None;
    }
}

fn undo_leaving(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::LeaveOrganization(_)) {
        world.clone_from(done.before);
    }
}

fn undo_joining(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::AcceptHandshake(_)) {
        world.members.remove(&done.actor);
    }
}

fn end_sharing_with_any_service(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::DisableAWSServiceAccess(_)) {
        world.organizations.values_mut().for_each(|it| it.sharing = false);
    }
}
