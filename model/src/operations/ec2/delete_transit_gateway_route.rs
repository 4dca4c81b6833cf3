//! DeleteTransitGatewayRoute.

use smol_str::SmolStr;

use super::create_transit_gateway_route::{BLOCKS, or_plain, route};
use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_gateway_table, require_gateway_table};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Deletes a static route from a route table of a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRoute.html>
    pub struct DeleteTransitGatewayRoute {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
        /// The block of addresses; 203.0.113.0/24 where it is left out.
        destination_cidr_block: SmolStr = "DestinationCidrBlock",
    }
}

impl Operation for DeleteTransitGatewayRoute {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let routed = world.resources.iter().filter(|(_, it)| {
            let has_one = matches!(&it.kind, Kind::TransitGatewayRouteTable { routes, .. }
                if !routes.is_empty());
            has_one && !it.deleted
        });
        let weighted = routed.map(|(name, it)| (name, if it.owner == actor { 6 } else { 1 }));
        let routed = dice.pick_weighted(weighted).map(|name| Reference::Named(name.clone()));
        let route_table_id = routed
            .filter(|_| dice.percent(85))
            .or_else(|| draw_gateway_table(world, actor, dice))?;
        let destination_cidr_block = dice.pick(BLOCKS).copied().unwrap_or_default().into();
        Some(Self { route_table_id, destination_cidr_block })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let seen = require_gateway_table(world, actor, &self.route_table_id, &mut conditions);
        if let Some((table, _)) = seen {
            let found = route(world, table, self.block());
            conditions.require(found.is_some(), &transit_gateway::STATIC_ROUTE_DELETED_ONCE);
            let stands = found.is_none_or(|(_, lives)| lives);
            conditions.require(stands, &transit_gateway::STATIC_ROUTES_KEPT_WITH_WHAT_IS_GONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::TransitGatewayRouteTable { routes, .. }, .. }) = table {
            routes.remove(self.block());
        }
        Reply::granted(&transit_gateway::STATIC_ROUTES_MADE_BY_THE_OWNER)
    }
}

impl DeleteTransitGatewayRoute {
    /// The block of addresses of the route.
    #[must_use]
    pub fn block(&self) -> &str {
        or_plain(&self.destination_cidr_block)
    }
}
