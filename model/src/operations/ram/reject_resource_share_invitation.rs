//! RejectResourceShareInvitation.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::accept_resource_share_invitation::{
    draw_invitation, find, require_answerable, require_in_time,
};
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, InvitationRef, operation};
use crate::rules::invitation;
use crate::time::Deadline;
use crate::world::{AssociationStatus, InvitationStatus};
use crate::{Account, Name, World};

operation! {
    /// Declines a share that was offered.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_RejectResourceShareInvitation.html>
    pub struct RejectResourceShareInvitation {
        [
            /// The invitation.
            invitation: InvitationRef
        ]
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for RejectResourceShareInvitation {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_invitation(world, actor, dice).map(|invitation| Self { invitation, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(found) = require_answerable(world, actor, &self.invitation, &mut conditions) {
            let status = found.status;
            let accepted = status == InvitationStatus::Accepted;
            conditions.require(!accepted, &invitation::ACCEPTED_FOR_GOOD);
            conditions.require(!accepted || found.leaves() == Deadline::Before, &invitation::KNOWN);
            conditions
                .require(status != InvitationStatus::Rejected, &invitation::REJECTED_FOR_GOOD);
            require_in_time(found, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let reply = Reply::granted(&invitation::REJECTED_BY_ITS_RECEIVER).with(
            "status",
            Expected::OneOf(&["REJECTED"]),
            &invitation::REJECTED_BY_ITS_RECEIVER,
        );
        let InvitationRef::To { share, receiver, number } = &self.invitation else { return reply };
        let Some(share) = world.shares.get_mut(share) else { return reply };
        let Some(place) = find(&share.invitations, *receiver, *number) else { return reply };
        share.invitations[place].status = InvitationStatus::Rejected;
        let principal = share.invitations[place].principal.clone();
        if let Some(association) = share.principals.get_mut(&principal) {
            association.status = AssociationStatus::Disassociated;
            association.open = Some(&invitation::SENT_AGAIN_AFTER_REJECTION);
        }
        reply
    }

    fn answered_invitation(&self) -> Option<&InvitationRef> {
        Some(&self.invitation)
    }
}
