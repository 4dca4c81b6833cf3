//! DeleteTransitGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGateway.html>
    pub struct DeleteTransitGateway {
        /// The transit gateway.
        transit_gateway_id: Reference = "TransitGatewayId",
    }
}

impl Operation for DeleteTransitGateway {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 6, near: 1, far: 1 };
        draw_resource(
            world,
            actor,
            dice,
            |kind| matches!(kind, Kind::TransitGateway { .. }),
            weights,
        )
        .map(|transit_gateway_id| Self { transit_gateway_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &transit_gateway::KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let seen =
            require_seen(world, actor, &self.transit_gateway_id, of_kind, unknown, &mut conditions);
        if let Some((name, resource)) = seen {
            conditions
                .require(resource.owner == actor, &transit_gateway::DELETED_BY_ITS_OWNER_ALONE);
            let attached = world.resources.values().any(|it| {
                matches!(&it.kind, Kind::TransitGatewayAttachment { gateway, .. } if gateway == name)
                    && !it.deleted
            });
            conditions.require(
                !attached || resource.owner != actor,
                &transit_gateway::KEPT_WHILE_ATTACHED,
            );
            let routing = world.resources.values().any(|it| {
                matches!(&it.kind, Kind::TransitGatewayRouteTable { gateway, .. } if gateway == name)
                    && !it.deleted
            });
            let bare = !routing || attached || resource.owner != actor;
            conditions.require(bare, &transit_gateway::DELETED_WITH_ROUTE_TABLES);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.transit_gateway_id);
        Reply::granted(&transit_gateway::MADE_BY_ITS_OWNER)
    }
}
