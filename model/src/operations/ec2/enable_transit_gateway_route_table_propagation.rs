//! EnableTransitGatewayRouteTablePropagation.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_routing, require_routable};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lets an attachment propagate routes to a route table of its transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html>
    pub struct EnableTransitGatewayRouteTablePropagation {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for EnableTransitGatewayRouteTablePropagation {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 4;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let (route_table_id, attachment_id) = draw_routing(world, actor, dice)?;
        Some(Self { route_table_id, attachment_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (table, attachment) = (&self.route_table_id, &self.attachment_id);
        let routable = require_routable(world, actor, table, attachment, &mut conditions);
        if let Some((table, attachment)) = routable {
            let kind = world.resources.get(table).map(|table| &table.kind);
            let already = matches!(kind, Some(Kind::TransitGatewayRouteTable { propagating, .. })
                if propagating.contains(attachment));
            conditions.require(!already, &transit_gateway::PROPAGATED_ONCE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::TransitGatewayRouteTable { propagating, .. }, .. }) =
            table
        {
            propagating.extend(self.attachment_id.name().cloned());
        }
        Reply::granted(&transit_gateway::ROUTED_BY_THE_OWNER)
    }
}
