//! DisassociateTransitGatewayRouteTable.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_routing, require_routable};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Takes an attachment from the route table of its transit gateway that it is associated with.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateTransitGatewayRouteTable.html>
    pub struct DisassociateTransitGatewayRouteTable {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
    }
}

impl Operation for DisassociateTransitGatewayRouteTable {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let tables = world.resources.iter().filter_map(|(table, it)| {
            let Kind::TransitGatewayRouteTable { associated, .. } = &it.kind else { return None };
            let weight = if it.owner == actor { 6 } else { 1 };
            (!it.deleted).then_some((table, associated, weight))
        });
        let pairs = tables.flat_map(|(table, associated, weight)| {
            associated.iter().map(move |attachment| ((table, attachment), weight))
        });
        let pair = dice.pick_weighted(pairs);
        let pair = pair.map(|(table, attachment)| {
            (Reference::Named(table.clone()), Reference::Named(attachment.clone()))
        });
        let pair =
            pair.filter(|_| dice.percent(85)).or_else(|| draw_routing(world, actor, dice))?;
        let (route_table_id, attachment_id) = pair;
        Some(Self { route_table_id, attachment_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (table, attachment) = (&self.route_table_id, &self.attachment_id);
        let routable = require_routable(world, actor, table, attachment, &mut conditions);
        if let Some((table, attachment)) = routable {
            let kind = world.resources.get(table).map(|table| &table.kind);
            let is_there = matches!(kind, Some(Kind::TransitGatewayRouteTable { associated, .. })
                if associated.contains(attachment));
            conditions.require(is_there, &transit_gateway::DISASSOCIATED_ONCE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource {
            kind: Kind::TransitGatewayRouteTable { associated, former, .. },
            ..
        }) = table
            && let Some(attachment) = self.attachment_id.name()
        {
            associated.remove(attachment);
            former.insert(attachment.clone());
        }
        Reply::granted(&transit_gateway::DISASSOCIATED_BY_THE_OWNER)
    }
}
