//! GetTransitGatewayRouteTablePropagations.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{draw_gateway_table, require_gateway_table, routed, routing_tables};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the attachments that propagate routes to a route table of a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetTransitGatewayRouteTablePropagations.html>
    pub struct GetTransitGatewayRouteTablePropagations {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
    }
}

impl Operation for GetTransitGatewayRouteTablePropagations {
    const TOPIC: Topic = Topic::TransitGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_gateway_table(world, actor, dice).map(|route_table_id| Self { route_table_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::Differs);
        require_gateway_table(world, actor, &self.route_table_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut reply = Reply::granted(&transit_gateway::ROUTING_LISTED_TO_THE_OWNER);
        let table = self.route_table_id.name().and_then(|name| world.resources.get(name));
        if let Some(Kind::TransitGatewayRouteTable { propagating, .. }) =
            table.map(|table| &table.kind)
        {
            reply.rows = routed(world, propagating);
        }
        reply
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let tables = routing_tables(world, account).into_iter();
        tables.map(|route_table_id| Self { route_table_id }).collect()
    }
}
