//! DeleteInternetGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_internet_gateway};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::internet_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes an internet gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html>
    pub struct DeleteInternetGateway {
        /// The internet gateway.
        internet_gateway_id: Reference = "InternetGatewayId",
    }
}

impl Operation for DeleteInternetGateway {
    const TOPIC: Topic = Topic::InternetGateways;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 6, near: 1, far: 1 };
        draw_resource(
            world,
            actor,
            dice,
            |kind| matches!(kind, Kind::InternetGateway { .. }),
            weights,
        )
        .map(|internet_gateway_id| Self { internet_gateway_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = &self.internet_gateway_id;
        if let Some(vpc) = require_own_internet_gateway(world, actor, named, &mut conditions) {
            conditions.require(vpc.is_none(), &internet_gateway::KEPT_WHILE_ATTACHED);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.internet_gateway_id);
        Reply::granted(&internet_gateway::MADE_BY_ITS_OWNER)
    }
}
