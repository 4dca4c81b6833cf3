//! CreateRoute.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, is_attached, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{route_table, transit_gateway};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a route to a transit gateway, for a block of addresses that no other route is for.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
    pub struct CreateRoute {
        /// The route table.
        route_table_id: Reference = "RouteTableId",
        /// The transit gateway.
        transit_gateway_id: Reference = "TransitGatewayId",
    }
}

impl Operation for CreateRoute {
    const TOPIC: Topic = Topic::TransitGateways;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 6, seen: 3, near: 1, far: 1 };
        let is_table = |kind: &Kind| matches!(kind, Kind::RouteTable { .. });
        let routable = world.resources.iter().filter(|(_, it)| {
            let Kind::RouteTable { vpc, .. } = &it.kind else { return false };
            it.owner == actor && !it.deleted && is_attached_anywhere(world, vpc)
        });
        let routable = dice.pick_from(routable.map(|(name, _)| Reference::Named(name.clone())));
        let table = routable
            .filter(|_| dice.percent(60))
            .or_else(|| draw_resource(world, actor, dice, is_table, weights))?;
        let vpc = vpc_of(world, &table);
        let attached = world.resources.iter().filter(|(name, it)| {
            matches!(it.kind, Kind::TransitGateway { .. })
                && vpc.is_some_and(|vpc| is_attached(world, vpc, name))
        });
        let attached = dice.pick_from(attached.map(|(name, _)| Reference::Named(name.clone())));
        let gateway = attached.filter(|_| dice.percent(75)).or_else(|| {
            let weights = Weights { own: 2, seen: 4, near: 2, far: 1 };
            let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
            draw_resource(world, actor, dice, is_gateway, weights)
        })?;
        Some(Self { route_table_id: table, transit_gateway_id: gateway })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &route_table::KNOWN_TO_THE_CALLER;
        let is_table = |kind: &Kind| matches!(kind, Kind::RouteTable { .. });
        let named = &self.route_table_id;
        let table = require_seen(world, actor, named, is_table, unknown, &mut conditions);
        let own = table.is_none_or(|(_, table)| table.owner == actor);
        conditions.require(own, &route_table::ROUTED_BY_THE_VPC_OWNER_ALONE);
        let named = &self.transit_gateway_id;
        let vpc = table.and_then(|_| vpc_of(world, &self.route_table_id));
        let attached = vpc.zip(named.name()).is_some_and(|(vpc, to)| is_attached(world, vpc, to));
        let seen = named.name().is_some_and(|gateway| world.sight(actor, gateway).is_seen());
        if attached && !seen {
            conditions.require(!own, &route_table::ROUTED_AFTER_REVOCATION);
            return conditions.decide();
        }
        let unknown = &transit_gateway::KNOWN_TO_THE_CALLER;
        let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let gateway = require_seen(world, actor, named, is_gateway, unknown, &mut conditions);
        let detached = table.is_some() && own && gateway.is_some() && !attached;
        conditions.require(!detached, &route_table::ROUTED_ONCE_ATTACHED);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let table = self.route_table_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::RouteTable { gateways, .. }, .. }) = table {
            gateways.extend(self.transit_gateway_id.name().cloned());
        }
        Reply::granted(&route_table::ROUTED_TO_AN_ATTACHED_GATEWAY)
    }
}

/// Whether a VPC is attached to any transit gateway.
fn is_attached_anywhere(world: &World, vpc: &Name) -> bool {
    world.resources.iter().any(|(name, it)| {
        matches!(it.kind, Kind::TransitGateway { .. }) && is_attached(world, vpc, name)
    })
}

/// The VPC of a route table.
fn vpc_of<'w>(world: &'w World, table: &Reference) -> Option<&'w Name> {
    let Kind::RouteTable { vpc, .. } = &world.resources.get(table.name()?)?.kind else {
        return None;
    };
    Some(vpc)
}
