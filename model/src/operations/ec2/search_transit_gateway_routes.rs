//! SearchTransitGatewayRoutes.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::compute::{draw_gateway_table, require_gateway_table, routing_tables};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lists the static routes of a route table of a transit gateway, by the attachments that they go to.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html>
    pub struct SearchTransitGatewayRoutes {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
    }
}

impl Operation for SearchTransitGatewayRoutes {
    const TOPIC: Topic = Topic::TransitGateways;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_gateway_table(world, actor, dice).map(|route_table_id| Self { route_table_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        require_gateway_table(world, actor, &self.route_table_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let rule = &transit_gateway::STATIC_ROUTES_LISTED_TO_THE_OWNER;
        let mut reply = Reply::granted(rule);
        let table = self.route_table_id.name().and_then(|name| world.resources.get(name));
        let Some(Resource { kind: Kind::TransitGatewayRouteTable { routes, .. }, .. }) = table
        else {
            return reply;
        };
        // How routes to attachments that were deleted are listed is not known.
        let attachments = world.resources.iter().filter(|(_, it)| {
            matches!(it.kind, Kind::TransitGatewayAttachment { .. }) && !it.deleted
        });
        for (attachment, _) in attachments {
            let to_it = routes.iter().filter(|(_, to)| *to == attachment);
            let blocks: Vec<_> = to_it.map(|(block, _)| block.clone()).collect();
            let key = Key::Resource(attachment.clone());
            reply.rows.push(if blocks.is_empty() {
                Row::forbidden(key, rule)
            } else {
                let blocks = Expected::Set(blocks);
                Row::expected(key, rule).with("DestinationCidrBlock", blocks, rule)
            });
        }
        reply
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let routed = |table: &Reference| {
            let kind = table.name().and_then(|name| world.resources.get(name)).map(|it| &it.kind);
            matches!(kind, Some(Kind::TransitGatewayRouteTable { routes, .. }) if !routes.is_empty())
        };
        let tables = routing_tables(world, account).into_iter().filter(routed);
        tables.map(|route_table_id| Self { route_table_id }).collect()
    }
}
