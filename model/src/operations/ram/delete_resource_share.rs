//! DeleteResourceShare.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{ClientToken, Reference, operation};
use crate::rules::{invitation, share};
use crate::sharing::own_share;
use crate::world::InvitationStatus;
use crate::{Account, Name, World};

operation! {
    /// Deletes a share and ends all access that it gave.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_DeleteResourceShare.html>
    pub struct DeleteResourceShare {
        [
            /// The share.
            share: Reference
        ]
        /// The idempotency token: a repetition of the call bears the same.
        client_token: ClientToken = "clientToken",
    }
}

impl Operation for DeleteResourceShare {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 3;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_share(world, actor, dice).map(|share| Self { share, ..Self::default() })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        own_share(world, actor, &self.share, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let Some(share) = self.share.name().and_then(|name| world.shares.get_mut(name)) {
            share.deleted = true;
            for offer in &mut share.invitations {
                if offer.status == InvitationStatus::Pending {
                    offer.open = Some(&invitation::WITHDRAWN_WITH_ITS_OFFER);
                }
            }
        }
        Reply::granted(&share::DELETED_BY_ITS_OWNER).with(
            "returnValue",
            Expected::Flag(true),
            &share::DELETED_BY_ITS_OWNER,
        )
    }
}
