//! AcceptResourceShareInvitation.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, InvitationRef, operation};
use crate::rules::invitation;
use crate::time::Deadline;
use crate::world::{Invitation, InvitationStatus};
use crate::{Account, Name, World};

operation! {
    /// Takes up a share that was offered.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html>
    pub struct AcceptResourceShareInvitation {
        [
            /// The invitation.
            invitation: InvitationRef
        ]
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for AcceptResourceShareInvitation {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 12;
    const JOINS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_invitation(world, actor, dice).map(|invitation| Self { invitation, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(found) = require_answerable(world, actor, &self.invitation, &mut conditions) {
            let status = found.status;
            let accepted = status == InvitationStatus::Accepted;
            conditions.require(!accepted, &invitation::ACCEPTED_ONCE);
            conditions.require(!accepted || found.leaves() == Deadline::Before, &invitation::KNOWN);
            conditions
                .require(status != InvitationStatus::Rejected, &invitation::REJECTED_FOR_GOOD);
            require_in_time(found, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let reply = Reply::granted(&invitation::ACCEPTED_BY_ITS_RECEIVER).with(
            "status",
            Expected::OneOf(&["ACCEPTED"]),
            &invitation::ACCEPTED_BY_ITS_RECEIVER,
        );
        let InvitationRef::To { share, receiver, number } = &self.invitation else { return reply };
        let Some(share) = world.shares.get_mut(share) else { return reply };
        let Some(place) = find(&share.invitations, *receiver, *number) else { return reply };
        share.invitations[place].status = InvitationStatus::Accepted;
        let principal = share.invitations[place].principal.clone();
        if let Some(association) = share.principals.get_mut(&principal) {
            association.associate();
        }
        reply
    }

    fn answered_invitation(&self) -> Option<&InvitationRef> {
        Some(&self.invitation)
    }
}

/// Whether a text is in the form of an invitation's ARN.
pub(crate) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:aws:ram:") && text.contains(":resource-share-invitation/")
}

/// Returns the place of an account's invitation in a share, by its number; the newest if none is
/// given.
#[must_use]
pub(crate) fn find(
    invitations: &[Invitation],
    receiver: Account,
    number: Option<usize>,
) -> Option<usize> {
    let mut own = (0..invitations.len()).filter(|place| invitations[*place].receiver == receiver);
    match number {
        Some(number) => own.nth(number),
        None => own.next_back(),
    }
}

/// Requires that the caller may answer an invitation, whatever its status; returns it if it exists.
pub(crate) fn require_answerable<'w>(
    world: &'w World,
    actor: Account,
    named: &InvitationRef,
    conditions: &mut Conditions,
) -> Option<&'w Invitation> {
    let found = match named {
        InvitationRef::To { share, receiver, number } => {
            world.shares.get(share).and_then(|share| {
                let place = find(&share.invitations, *receiver, *number)?;
                Some((share, &share.invitations[place]))
            })
        }
        InvitationRef::Literal(text) => {
            let is_arn = is_arn(text);
            conditions.require(is_arn, &invitation::NAMED_BY_AN_ARN);
            conditions.require(!is_arn, &invitation::KNOWN);
            return None;
        }
    };
    conditions.require(found.is_some(), &invitation::KNOWN);
    let (share, found) = found?;
    conditions.require(found.receiver == actor, &invitation::OPEN_TO_ITS_RECEIVER);
    let open = found.open.or(share.open);
    conditions.require(open.is_none(), open.unwrap_or(&invitation::WITHDRAWN_WITH_ITS_OFFER));
    Some(found)
}

/// Requires that time has not ended an invitation.
pub(crate) fn require_in_time(found: &Invitation, conditions: &mut Conditions) {
    let status = found.status;
    conditions.require(status != InvitationStatus::Expired, &invitation::EXPIRED_FOR_GOOD);
    conditions.require(status != InvitationStatus::Lapsed, &invitation::LAPSED_AFTER_SEVEN_DAYS);
    if !matches!(status, InvitationStatus::Pending | InvitationStatus::Accepted) {
        // What has left the list may be unknown instead.
        conditions.require(found.leaves() == Deadline::Before, &invitation::KNOWN);
    }
}

/// An invitation to answer: mostly one that the caller received and that is pending.
pub(crate) fn draw_invitation(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<InvitationRef> {
    if dice.percent(2) {
        let text = "arn:aws:ram:us-east-1:111122223333:resource-share-invitation/00000000-0000-4000-8000-000000000000";
        return Some(InvitationRef::Literal(if dice.percent(50) {
            text.into()
        } else {
            "invitation".into()
        }));
    }
    let foreign = dice.percent(8);
    let answered = dice.percent(20);
    let sent = world.shares.iter().flat_map(|(name, share)| {
        share.invitations.iter().map(move |invitation| (name, invitation))
    });
    // What is sent to an account that never acts has no name in a scenario.
    let fits = sent.filter(|(_, it)| {
        it.receiver.is_actor()
            && (it.receiver == actor) != foreign
            && (answered || it.status == InvitationStatus::Pending)
            && (it.open.is_none() || answered)
    });
    dice.pick_from(fits.map(|(share, it)| InvitationRef::To {
        share: share.clone(),
        receiver: it.receiver,
        number: None,
    }))
}
