//! DeleteVpcEndpoints.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen, unknown_or_beside};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::vpc_endpoint;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a VPC endpoint.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html>
    pub struct DeleteVpcEndpoints {
        /// The VPC endpoint.
        vpc_endpoint_id: Reference = "VpcEndpointIds",
    }
}

impl Operation for DeleteVpcEndpoints {
    const TOPIC: Topic = Topic::VpcParts;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 3, seen: 1, near: 1, far: 3 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::VpcEndpoint { .. }), weights)
            .map(|vpc_endpoint_id| Self { vpc_endpoint_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let hidden = &vpc_endpoint::HIDDEN_FROM_PARTICIPANTS;
        let refusals =
            [&vpc_endpoint::NAMED_BY_THE_VPC_OWNER_ALONE, &vpc_endpoint::KNOWN_TO_THE_CALLER];
        let unknown = unknown_or_beside(world, actor, &self.vpc_endpoint_id, hidden, refusals);
        let is_one = |kind: &Kind| matches!(kind, Kind::VpcEndpoint { .. });
        require_seen(world, actor, &self.vpc_endpoint_id, is_one, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.vpc_endpoint_id);
        Reply::granted(&vpc_endpoint::MADE_BY_THE_VPC_OWNER)
    }
}
