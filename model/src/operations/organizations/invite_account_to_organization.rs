//! InviteAccountToOrganization.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::membership::{draw_manager, require_managed};
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::membership;
use crate::world::Handshake;
use crate::{Account, Name, Principal, World};

operation! {
    /// Asks an account to join the organization.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html>
    pub struct InviteAccountToOrganization {
        /// The account.
        target: Option<Principal> = "Target",
    }
}

impl Operation for InviteAccountToOrganization {
    const TOPIC: Topic = Topic::Accounts;
    const MAKES: &'static str = "handshake";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;
    const JOINS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_manager(world, actor, dice)?;
        let odd = dice.percent(10);
        let all = world.clocks.keys();
        let fit = all.filter(|account| odd || !world.members.contains_key(account));
        dice.pick_from(fit).map(|account| Self { target: Some(Principal::Account(*account)) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(organization) = require_managed(world, actor, &mut conditions) {
            let target = self.target.as_ref().and_then(Principal::account);
            let outside = target.is_some_and(|it| !world.members.contains_key(&it));
            conditions.require(outside, &membership::OF_ONE_ORGANIZATION);
            let again = world.handshakes.values().any(|sent| {
                !sent.accepted
                    && sent.organization == *organization
                    && Some(sent.receiver) == target
            });
            conditions.require(!again, &membership::ASKED_ONCE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let organization = world.organization_of(actor).map(|(id, _)| id.clone());
        let receiver = self.target.as_ref().and_then(Principal::account);
        if let (Some(organization), Some(receiver)) = (organization, receiver) {
            let sent = Handshake { organization, receiver, accepted: false, sent_for: 0 };
            world.handshakes.insert(made.clone(), sent);
        }
        Reply::granted(&membership::ASKED_BY_MANAGEMENT)
    }
}
