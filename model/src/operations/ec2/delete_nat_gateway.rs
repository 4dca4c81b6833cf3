//! DeleteNatGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen, unknown_or_beside};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::nat_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a NAT gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNatGateway.html>
    pub struct DeleteNatGateway {
        /// The NAT gateway.
        nat_gateway_id: Reference = "NatGatewayId",
    }
}

impl Operation for DeleteNatGateway {
    const TOPIC: Topic = Topic::VpcParts;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 1, near: 1, far: 3 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::NatGateway { .. }), weights)
            .map(|nat_gateway_id| Self { nat_gateway_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let hidden = &nat_gateway::HIDDEN_FROM_PARTICIPANTS;
        let refusals =
            [&nat_gateway::NAMED_BY_THE_VPC_OWNER_ALONE, &nat_gateway::KNOWN_TO_THE_CALLER];
        let unknown = unknown_or_beside(world, actor, &self.nat_gateway_id, hidden, refusals);
        let is_one = |kind: &Kind| matches!(kind, Kind::NatGateway { .. });
        require_seen(world, actor, &self.nat_gateway_id, is_one, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.nat_gateway_id);
        Reply::granted(&nat_gateway::MADE_BY_THE_VPC_OWNER)
    }
}
