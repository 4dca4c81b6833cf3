//! AssociateTransitGatewayRouteTable.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_routing, require_routable};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Associates an attachment with a route table of its transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html>
    pub struct AssociateTransitGatewayRouteTable {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for AssociateTransitGatewayRouteTable {
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
        if let Some((_, attachment)) = routable {
            let elsewhere = world.resources.values().any(|it| {
                let Kind::TransitGatewayRouteTable { associated, .. } = &it.kind else {
                    return false;
                };
                !it.deleted && associated.contains(attachment)
            });
            conditions.require(!elsewhere, &transit_gateway::ASSOCIATED_WITH_ONE_ROUTE_TABLE);
            let before = world.resources.values().any(|it| {
                matches!(&it.kind, Kind::TransitGatewayRouteTable { former, .. }
                    if former.contains(attachment))
            });
            conditions.require(!before, &transit_gateway::ROUTED_RIGHT_AFTER_DISASSOCIATION);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::TransitGatewayRouteTable { associated, .. }, .. }) =
            table
        {
            associated.extend(self.attachment_id.name().cloned());
        }
        Reply::granted(&transit_gateway::ROUTED_BY_THE_OWNER)
    }
}
