//! CreateTransitGatewayRoute.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{draw_routing, require_routable};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::transit_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a static route to an attachment, in a route table of its transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html>
    pub struct CreateTransitGatewayRoute {
        /// The route table.
        route_table_id: Reference = "TransitGatewayRouteTableId",
        /// The attachment.
        attachment_id: Reference = "TransitGatewayAttachmentId",
        /// The block of addresses; 203.0.113.0/24 where it is left out.
        destination_cidr_block: SmolStr = "DestinationCidrBlock",
    }
}

/// The blocks that are drawn: none of them lies in a VPC.
pub(super) const BLOCKS: &[&str] = &["", "198.51.100.0/24"];

impl Operation for CreateTransitGatewayRoute {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let (route_table_id, attachment_id) = draw_routing(world, actor, dice)?;
        let destination_cidr_block = dice.pick(BLOCKS).copied().unwrap_or_default().into();
        Some(Self { route_table_id, attachment_id, destination_cidr_block })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (table, attachment) = (&self.route_table_id, &self.attachment_id);
        let routable = require_routable(world, actor, table, attachment, &mut conditions);
        let block = self.block();
        conditions.require(is_block(block), &transit_gateway::STATIC_ROUTE_FOR_A_BLOCK);
        if let Some((table, _)) = routable
            && let Some((_, lives)) = route(world, table, block)
        {
            conditions.require(!lives, &transit_gateway::STATIC_ROUTE_MADE_ONCE);
            conditions.require(lives, &transit_gateway::STATIC_ROUTES_KEPT_WITH_WHAT_IS_GONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::TransitGatewayRouteTable { routes, .. }, .. }) = table
            && let Some(attachment) = self.attachment_id.name()
        {
            routes.insert(self.block().into(), attachment.clone());
        }
        Reply::granted(&transit_gateway::STATIC_ROUTES_MADE_BY_THE_OWNER)
    }
}

impl CreateTransitGatewayRoute {
    /// The block of addresses of the route.
    #[must_use]
    pub fn block(&self) -> &str {
        or_plain(&self.destination_cidr_block)
    }
}

/// The block of a route, the plain one where none is named.
pub(super) fn or_plain(block: &str) -> &str {
    if block.is_empty() { "203.0.113.0/24" } else { block }
}

/// The attachment that a static route for a block goes to, and whether it lives.
pub(super) fn route<'w>(world: &'w World, table: &Name, block: &str) -> Option<(&'w Name, bool)> {
    let Kind::TransitGatewayRouteTable { routes, .. } = &world.resources.get(table)?.kind else {
        return None;
    };
    let attachment = routes.get(block)?;
    let lives = world.resources.get(attachment).is_some_and(|attachment| !attachment.deleted);
    Some((attachment, lives))
}

/// Whether a text is a block of addresses, whose last bits are zero.
fn is_block(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let bytes: Option<Vec<u8>> = address.split('.').map(|byte| byte.parse().ok()).collect();
    let bytes = bytes.and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    let Some((address, length)) = bytes.map(u32::from_be_bytes).zip(length.parse::<u32>().ok())
    else {
        return false;
    };
    length <= 32 && address.trailing_zeros() >= 32 - length
}

#[cfg(test)]
mod tests {
    use super::is_block;

    #[test]
    fn a_block_is_an_address_with_as_many_zero_bits_as_its_length_leaves() {
        assert!(["0.0.0.0/0", "203.0.113.0/24", "192.0.2.1/32"].into_iter().all(is_block));
        assert!(
            !["203.0.113.1/24", "203.0.113.0", "203.0.113.0/33", "net"].into_iter().any(is_block)
        );
    }
}
