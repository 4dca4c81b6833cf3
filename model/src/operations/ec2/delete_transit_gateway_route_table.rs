//! DeleteTransitGatewayRouteTable.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_gateway_table, require_gateway_table};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Deletes a route table of a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTransitGatewayRouteTable.html>
    pub struct DeleteTransitGatewayRouteTable {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
    }
}

impl Operation for DeleteTransitGatewayRouteTable {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_gateway_table(world, actor, dice).map(|route_table_id| Self { route_table_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let seen = require_gateway_table(world, actor, &self.route_table_id, &mut conditions);
        if let Some((_, table)) = seen
            && let Kind::TransitGatewayRouteTable { associated, former, routes, .. } = &table.kind
        {
            let mut attachments = associated.iter().filter_map(|name| world.resources.get(name));
            let kept = attachments.any(|attachment| !attachment.deleted);
            conditions.require(!kept, &transit_gateway::ROUTE_TABLE_KEPT_WHILE_ASSOCIATED);
            let free = former.is_empty();
            conditions.require(free, &transit_gateway::ROUTED_RIGHT_AFTER_DISASSOCIATION);
            let gone_with_it = &transit_gateway::STATIC_ROUTES_KEPT_WITH_WHAT_IS_GONE;
            conditions.require(routes.is_empty(), gone_with_it);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.route_table_id);
        Reply::granted(&transit_gateway::ROUTE_TABLES_MADE_BY_THE_OWNER)
    }
}
