//! CreateTransitGatewayRouteTable.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_ownership};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a route table of a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTable.html>
    pub struct CreateTransitGatewayRouteTable {
        /// The transit gateway.
        transit_gateway_id: Reference = "TransitGatewayId",
    }
}

impl Operation for CreateTransitGatewayRouteTable {
    const TOPIC: Topic = Topic::TransitGateways;
    const MAKES: &'static str = "table";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 6, seen: 3, near: 1, far: 1 };
        let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let transit_gateway_id = draw_resource(world, actor, dice, is_gateway, weights)?;
        let own = world.resources.values().filter(|it| {
            it.owner == actor
                && !it.deleted
                && matches!(it.kind, Kind::TransitGatewayRouteTable { .. })
        });
        (own.count() < 2).then_some(Self { transit_gateway_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &transit_gateway::KNOWN_TO_THE_CALLER;
        let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let named = &self.transit_gateway_id;
        require_ownership(
            world,
            actor,
            named,
            is_gateway,
            [unknown, &transit_gateway::ROUTE_TABLES_MADE_BY_THE_OWNER_ALONE],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        if let Some(gateway) = self.transit_gateway_id.name() {
            let kind = Kind::TransitGatewayRouteTable {
                gateway: gateway.clone(),
                associated: BTreeSet::new(),
                propagating: BTreeSet::new(),
                former: BTreeSet::new(),
                routes: BTreeMap::new(),
            };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        Reply::granted(&transit_gateway::ROUTE_TABLES_MADE_BY_THE_OWNER)
    }
}
