//! AcceptHandshake.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{membership, time};
use crate::time::DAY;
use crate::{Account, Name, World};

operation! {
    /// Joins the organization that has asked the caller to.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
    pub struct AcceptHandshake {
        [
            /// The handshake.
            handshake: Reference
        ]
    }
}

impl Operation for AcceptHandshake {
    const TOPIC: Topic = Topic::Handshakes;
    const WEIGHT: usize = 4;
    const JOINS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let odd = dice.percent(10);
        let sent = world.handshakes.iter();
        let fit = sent.filter(|(_, sent)| odd || (sent.receiver == actor && !sent.accepted));
        let handshake = dice.pick_from(fit.map(|(name, _)| Reference::Named(name.clone())))?;
        Some(Self { handshake })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let sent = self.handshake.name().and_then(|name| world.handshakes.get(name));
        conditions.require(sent.is_some(), &membership::ASKED_AT_ALL);
        if let Some(sent) = sent {
            let own = sent.receiver == actor;
            conditions.require(own, &membership::ANSWERED_BY_WHO_IS_ASKED);
            conditions.require(!sent.accepted, &membership::ANSWERED_ONCE);
            // An account that is asked has fifteen days.
            conditions.require(sent.sent_for < 14 * DAY, &time::AT_THE_TURN);
            let outside = !own || sent.accepted || !world.members.contains_key(&actor);
            conditions.require(outside, &membership::OF_ONE_ORGANIZATION);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let sent = self.handshake.name().and_then(|name| world.handshakes.get_mut(name));
        if let Some(sent) = sent {
            sent.accepted = true;
            let organization = sent.organization.clone();
            world.join_organization(actor, organization);
        }
        Reply::granted(&membership::JOINED_BY_ACCEPTANCE)
    }
}
