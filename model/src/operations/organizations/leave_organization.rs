//! LeaveOrganization.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::membership::{require_inside, require_no_management};
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::membership;
use crate::{Account, Name, World};

operation! {
    /// Takes the caller out of its organization.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html>
    pub struct LeaveOrganization {}
}

impl Operation for LeaveOrganization {
    const TOPIC: Topic = Topic::Departures;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        (!world.organizations.is_empty() && dice.percent(40)).then_some(Self {})
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some((_, organization)) = require_inside(world, actor, &mut conditions) {
            require_no_management(organization, actor, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        world.leave(actor);
        Reply::granted(&membership::LEFT_BY_A_MEMBER)
    }
}
