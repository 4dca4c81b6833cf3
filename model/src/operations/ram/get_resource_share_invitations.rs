//! GetResourceShareInvitations.

use crate::answer::{Conditions, Decision, Key, Owed, Reply, Row};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::operation;
use crate::rules::{invitation, read};
use crate::world::{Invitation, InvitationStatus, Share};
use crate::{Account, Name, World};

operation! {
    /// Lists the invitations that the caller has received.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_GetResourceShareInvitations.html>
    pub struct GetResourceShareInvitations {}
}

impl Operation for GetResourceShareInvitations {
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            for (place, sent) in share.invitations.iter().enumerate() {
                let earlier = share.invitations[..place].iter();
                let number = earlier.filter(|it| it.receiver == sent.receiver).count();
                rows.push(row(actor, name, share, sent, number));
            }
            let invited = share.invitations.iter().any(|it| it.receiver == actor);
            let named = || share.principals.keys().any(|it| world.covers(it, actor));
            if !invited && share.open.is_none() && named() {
                let key = Key::Invitation(name.clone(), actor, 0);
                rows.push(Row::forbidden(key, &invitation::NONE_INSIDE_THE_ORGANIZATION));
            }
        }
        Reply { because: &read::GRANTED, fields: Vec::new(), rows }
    }
}

fn row(actor: Account, name: &Name, share: &Share, sent: &Invitation, number: usize) -> Row {
    let key = Key::Invitation(name.clone(), sent.receiver, number);
    let own = sent.receiver == actor;
    if let Some(rule) = share.open.or(sent.open) {
        return Row::open(key, rule, own);
    }
    if !own {
        return Row::forbidden(key, &invitation::UNLISTED_TO_OTHERS);
    }
    let (rule, status) = match sent.status {
        InvitationStatus::Pending if number > 0 => {
            (&invitation::SENT_AGAIN_AFTER_ACCESS_ENDED, Owed::OneOf(&["PENDING"]))
        }
        InvitationStatus::Pending => (&invitation::SENT_TO_OUTSIDERS, Owed::OneOf(&["PENDING"])),
        InvitationStatus::Accepted => {
            (&invitation::LISTED_AFTER_ITS_END, Owed::OneOf(&["ACCEPTED"]))
        }
        InvitationStatus::Rejected => {
            (&invitation::LISTED_AFTER_ITS_END, Owed::OneOf(&["REJECTED"]))
        }
    };
    let listed = &invitation::LISTED_TO_ITS_RECEIVER;
    Row::owed(key, rule)
        .with("status", status, rule)
        .with("senderAccountId", Owed::Account(share.owner), listed)
        .with("receiverAccountId", Owed::Account(sent.receiver), listed)
}
