//! Mutants of invitations and of the answers to them.

use bellwether_model::answer::{Expected, Key, Row};
use bellwether_model::operations::ram::{
    AcceptResourceShareInvitation, RejectResourceShareInvitation,
};
use bellwether_model::parameters::InvitationRef;
use bellwether_model::rules::{Rule, association, invitation, read};
use bellwether_model::world::{
    Association, AssociationStatus, Invitation, InvitationStatus, World,
};
use bellwether_model::{Account, Call, Principal, Reply};
use serde_json::{Value, json};

use super::{Done, FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "no-invitation-made",
        description: "An outsider that is named is associated at once, and gets no invitation.",
        rule: &invitation::SENT_TO_OUTSIDERS,
        seen: "gopherstack issue 1822: an association makes no invitation",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=outsider -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(associate_outsiders),
    },
    Mutant {
        name: "invitation-made-by-creation-alone",
        description: "An account that joins a share later gets no invitation.",
        rule: &invitation::SENT_TO_OUTSIDERS,
        seen: "gopherstack issue 1822: an association makes no invitation",
        shown: "world organization sharing=on

owner    CreateResourceShare -> share
owner    AssociateResourceShare share principals=outsider",
        equivalent: None,
        mutation: Mutation::Corrupts(invite_by_creation_alone),
    },
    Mutant {
        name: "invitation-inside-the-organization",
        description: "A member of the organization gets an invitation.",
        rule: &invitation::NONE_INSIDE_THE_ORGANIZATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=member -> share",
        equivalent: None,
        mutation: Mutation::Corrupts(invite_members),
    },
    Mutant {
        name: "invitation-listed-to-sender",
        description: "An invitation is listed to the sender in place of the receiver.",
        rule: &invitation::SENT_TO_OUTSIDERS,
        seen: "fakecloud pull request 2136: invitations were kept under the account that sends them",
        shown: "world organization sharing=on

owner    CreateResourceShare principals=outsider -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_invitations_to_senders),
    },
    Mutant {
        name: "invitation-listed-to-all",
        description: "Every invitation is listed to every account.",
        rule: &invitation::UNLISTED_TO_OTHERS,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(list_invitations_to_all),
    },
    Mutant {
        name: "accepted-twice",
        description: "A second acceptance of an invitation succeeds.",
        rule: &invitation::ACCEPTED_ONCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

stranger CreateResourceShare principals=owner -> share
owner    AcceptResourceShareInvitation invitation:share/owner
owner    AcceptResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Grants(&invitation::ACCEPTED_ONCE),
    },
    Mutant {
        name: "accepted-after-rejection",
        description: "A rejected invitation is accepted, or rejected again.",
        rule: &invitation::REJECTED_FOR_GOOD,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateResourceShare principals=owner -> share
owner    RejectResourceShareInvitation invitation:share/owner
owner    AcceptResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Grants(&invitation::REJECTED_FOR_GOOD),
    },
    Mutant {
        name: "rejected-after-acceptance",
        description: "An accepted invitation is rejected.",
        rule: &invitation::ACCEPTED_FOR_GOOD,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=outsider -> share
outsider AcceptResourceShareInvitation invitation:share/outsider
outsider RejectResourceShareInvitation invitation:share/outsider",
        equivalent: None,
        mutation: Mutation::Grants(&invitation::ACCEPTED_FOR_GOOD),
    },
    Mutant {
        name: "answered-by-anybody",
        description: "An invitation is accepted or rejected by another account than its receiver.",
        rule: &invitation::OPEN_TO_ITS_RECEIVER,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    AcceptResourceShareInvitation invitation:share/consumer",
        equivalent: None,
        mutation: Mutation::Grants(&invitation::OPEN_TO_ITS_RECEIVER),
    },
    Mutant {
        name: "unknown-invitation-accepted",
        description: "Accepting or rejecting an invitation that does not exist succeeds.",
        rule: &invitation::KNOWN,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    AcceptResourceShareInvitation \"arn:aws:ram:us-east-1:111122223333:resource-share-invitation/00000000-0000-4000-8000-000000000000\"",
        equivalent: None,
        mutation: Mutation::Grants(&invitation::KNOWN),
    },
    Mutant {
        name: "acceptance-without-effect",
        description: "Accepting an invitation answers ACCEPTED, and leaves the association waiting.",
        rule: &association::SETTLED_BY_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(leave_accepted_waiting),
    },
    Mutant {
        name: "acceptance-forgotten",
        description: "Accepting an invitation gives access, and leaves the invitation PENDING.",
        rule: &invitation::LISTED_AFTER_ITS_END,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(leave_invitation_pending),
    },
    Mutant {
        name: "acceptance-refused-yet-done",
        description: "Accepting an invitation takes effect, and answers with an error.",
        rule: &invitation::ACCEPTED_BY_ITS_RECEIVER,
        seen: "hashicorp/terraform-provider-aws: an acceptance that fails and has happened all the same",
        shown: "world standalone

owner    CreateResourceShare principals=stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger",
        equivalent: None,
        mutation: Mutation::Denies(refuse_acceptances),
    },
    Mutant {
        name: "rejection-accepts",
        description: "Rejecting an invitation gives access.",
        rule: &read::SHARES_UNLISTED_WITHOUT_ACCESS,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateResourceShare principals=owner -> share
owner    RejectResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Corrupts(accept_rejected),
    },
    Mutant {
        name: "rejection-without-effect",
        description: "Rejecting an invitation answers REJECTED, and leaves it PENDING.",
        rule: &invitation::LISTED_AFTER_ITS_END,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateResourceShare principals=owner -> share
owner    RejectResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Corrupts(leave_invitation_pending_by_rejection),
    },
    Mutant {
        name: "acceptance-for-all",
        description: "Accepting one invitation accepts all invitations of the account.",
        rule: &association::WAITING_FOR_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
owner    CreateResourceShare principals=consumer -> share2
consumer AcceptResourceShareInvitation invitation:share2/consumer",
        equivalent: None,
        mutation: Mutation::Corrupts(accept_all),
    },
    Mutant {
        name: "acceptance-for-everybody",
        description: "Accepting an invitation accepts those of the other accounts to the same share.",
        rule: &association::WAITING_FOR_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateResourceShare principals=consumer,stranger -> share
stranger AcceptResourceShareInvitation invitation:share/stranger",
        equivalent: None,
        mutation: Mutation::Corrupts(accept_for_everybody),
    },
    Mutant {
        name: "invitation-gone-once-answered",
        description: "An answered invitation is no longer listed.",
        rule: &invitation::LISTED_AFTER_ITS_END,
        seen: FROM_THE_RULES,
        shown: "world standalone

consumer CreateResourceShare principals=owner -> share
owner    RejectResourceShareInvitation invitation:share/owner",
        equivalent: None,
        mutation: Mutation::Distorts(drop_answered),
    },
    Mutant {
        name: "sender-and-receiver-swapped",
        description: "A listed invitation names its sender as the receiver, and the other way round.",
        rule: &invitation::SENT_TO_OUTSIDERS,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=outsider -> share",
        equivalent: None,
        mutation: Mutation::Rewrites(swap_sender_and_receiver),
    },
    Mutant {
        name: "acceptance-sticks",
        description: "An account that was taken out of a share and is named again has access at once.",
        rule: &association::WAITING_FOR_ACCEPTANCE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner    CreateResourceShare principals=outsider -> share
outsider AcceptResourceShareInvitation invitation:share/outsider
outsider DisassociateResourceShare share principals=outsider
owner    AssociateResourceShare share principals=outsider",
        equivalent: None,
        mutation: Mutation::Corrupts(let_back_in),
    },
    Mutant {
        name: "acceptance-says-pending",
        description: "The answer to an acceptance says that the invitation is PENDING.",
        rule: &invitation::ACCEPTED_BY_ITS_RECEIVER,
        seen: "gopherstack audits: states that AWS passes through are left out or mixed up",
        shown: "world standalone

owner    CreateResourceShare principals=consumer -> share
consumer AcceptResourceShareInvitation invitation:share/consumer",
        equivalent: None,
        mutation: Mutation::Garbles(say_pending),
    },
];

fn associate_outsiders(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::CreateResourceShare(_) | Call::AssociateResourceShare(_)) {
        return;
    }
    for share in world.shares.values_mut() {
        share.invitations.clear();
        let waiting = share.principals.values_mut();
        let waiting = waiting.filter(|it| it.status == AssociationStatus::Associating);
        waiting.for_each(Association::associate);
    }
}

fn invite_by_creation_alone(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::AssociateResourceShare(_)) {
        associate_outsiders(world, done);
    }
}

fn invite_members(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::CreateResourceShare(_)) {
        return;
    }
    let Some(share) = world.shares.get_mut(done.made) else { return };
    for (principal, association) in &share.principals {
        if let (Principal::Account(receiver), false) = (principal, association.external) {
            share.invitations.push(Invitation {
                receiver: *receiver,
                principal: principal.clone(),
                status: InvitationStatus::Pending,
                lasts: None,
                sent_for: 0,
                ended_for: 0,
                open: None,
            });
        }
    }
}

fn list_invitations_to_senders(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShareInvitations(_)) {
        for share in world.shares.values_mut() {
            for invitation in &mut share.invitations {
                invitation.receiver = share.owner;
            }
        }
    }
}

fn list_invitations_to_all(reply: &mut Reply, world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::GetResourceShareInvitations(_)) {
        return;
    }
    for row in &mut reply.rows {
        if let Key::Invitation(share, receiver, _) = &row.key {
            let share = world.shares.get(share);
            row.present |= share.is_some_and(|share| {
                share.invitations.iter().any(|sent| sent.receiver == *receiver)
            });
        }
    }
}

/// The share and the principal of the invitation that a call accepted or rejected.
fn answered<'w>(
    world: &'w mut World,
    done: &Done<'_>,
) -> Option<(&'w mut Association, &'w mut Invitation)> {
    let (Call::AcceptResourceShareInvitation(AcceptResourceShareInvitation { invitation, .. })
    | Call::RejectResourceShareInvitation(RejectResourceShareInvitation { invitation, .. })) =
        done.call
    else {
        return None;
    };
    let InvitationRef::To { share, receiver, .. } = invitation else { return None };
    let share = world.shares.get_mut(share)?;
    let mut sent = share.invitations.iter_mut().rev();
    let invitation = sent.find(|sent| sent.receiver == *receiver)?;
    let association = share.principals.get_mut(&invitation.principal)?;
    Some((association, invitation))
}

fn leave_accepted_waiting(world: &mut World, done: &Done<'_>) {
    if let (true, Some((association, _))) = (accepts(done.call), answered(world, done)) {
        association.status = AssociationStatus::Associating;
    }
}

fn leave_invitation_pending(world: &mut World, done: &Done<'_>) {
    if let (true, Some((_, invitation))) = (accepts(done.call), answered(world, done)) {
        invitation.status = InvitationStatus::Pending;
    }
}

fn leave_invitation_pending_by_rejection(world: &mut World, done: &Done<'_>) {
    if let (false, Some((_, invitation))) = (accepts(done.call), answered(world, done)) {
        invitation.status = InvitationStatus::Pending;
    }
}

fn accept_rejected(world: &mut World, done: &Done<'_>) {
    if let (false, Some((association, _))) = (accepts(done.call), answered(world, done)) {
        association.associate();
    }
}

fn accepts(call: &Call) -> bool {
    matches!(call, Call::AcceptResourceShareInvitation(_))
}

fn refuse_acceptances(call: &Call) -> Option<&'static Rule> {
    accepts(call).then_some(&invitation::ACCEPTED_ONCE)
}

fn accept_all(world: &mut World, done: &Done<'_>) {
    if !accepts(done.call) {
        return;
    }
    for share in world.shares.values_mut().filter(|share| !share.deleted) {
        for sent in share.invitations.iter_mut().filter(|sent| sent.receiver == done.actor) {
            sent.status = InvitationStatus::Accepted;
            if let Some(association) = share.principals.get_mut(&sent.principal) {
                association.associate();
            }
        }
    }
}

fn accept_for_everybody(world: &mut World, done: &Done<'_>) {
    if !accepts(done.call) {
        return;
    }
    for name in done.call.names() {
        let Some(share) = world.shares.get_mut(name) else { continue };
        let waiting = share.principals.values_mut();
        let waiting = waiting.filter(|it| it.status == AssociationStatus::Associating);
        waiting.for_each(Association::associate);
    }
}

fn drop_answered(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShareInvitations(_)) {
        for share in world.shares.values_mut() {
            share.invitations.retain(|sent| sent.status == InvitationStatus::Pending);
        }
    }
}

fn swap_sender_and_receiver(reply: &mut Reply, _world: &World, _actor: Account, call: &Call) {
    if !matches!(call, Call::GetResourceShareInvitations(_)) {
        return;
    }
    let place = |row: &Row, name| row.fields.iter().position(|field| field.name == name);
    for row in &mut reply.rows {
        if let (Some(sender), Some(receiver)) =
            (place(row, "senderAccountId"), place(row, "receiverAccountId"))
        {
            let expected: Expected = row.fields[sender].expected.clone();
            row.fields[sender].expected =
                std::mem::replace(&mut row.fields[receiver].expected, expected);
        }
    }
}

fn let_back_in(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::AssociateResourceShare(_)) {
        return;
    }
    for association in world.shares.values_mut().flat_map(|share| share.principals.values_mut()) {
        if association.status == AssociationStatus::Associating && association.associated_once {
            association.associate();
        }
    }
}

fn say_pending(path: &str, answer: &mut Value) {
    if path == "/acceptresourceshareinvitation" {
        answer["resourceShareInvitation"]["status"] = json!("PENDING");
    }
}
