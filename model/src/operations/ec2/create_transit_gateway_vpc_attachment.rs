//! CreateTransitGatewayVpcAttachment.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, owns_any, plain_vpc, require_seen};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic, Usage};
use crate::parameters::{Reference, operation};
use crate::rules::{subnet, transit_gateway};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Attaches a VPC, by one of its subnets, to a transit gateway.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html>
    pub struct CreateTransitGatewayVpcAttachment {
        /// The transit gateway.
        transit_gateway_id: Reference = "TransitGatewayId",
        /// The subnet whose VPC is attached; one of a VPC of the caller's own where it is left out.
        subnet_ids: Option<Reference> = "SubnetIds",
    }
}

impl Operation for CreateTransitGatewayVpcAttachment {
    const TOPIC: Topic = Topic::TransitGateways;
    const MAKES: &'static str = "attachment";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 4;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 1, seen: 6, near: 4, far: 1 };
        let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let gateway = draw_resource(world, actor, dice, is_gateway, weights)?;
        let attached = world.resources.values().filter(|it| it.owner == actor && !it.deleted).any(|it| {
            matches!(&it.kind, Kind::TransitGatewayAttachment { gateway: to, .. } if Some(to) == gateway.name())
        });
        // A second attachment is worth making where it may be one of the same VPC.
        if attached && dice.percent(75) {
            return None;
        }
        let subnets = world.resources.iter().filter(|(name, it)| {
            matches!(it.kind, Kind::Subnet { .. }) && world.sight(actor, name).is_seen()
        });
        // Routes can be made to the gateway where a VPC is attached that has a route table.
        let routable = subnets.clone().filter(|(_, it)| {
            let is_table = |kind: &Kind| {
                matches!(kind, Kind::RouteTable { vpc, .. } if it.kind.parent() == Some(vpc))
            };
            it.owner == actor && owns_any(world, actor, is_table)
        });
        let routable = dice.pick_from(routable.map(|(name, _)| Reference::Named(name.clone())));
        let subnet = if routable.is_some() && dice.percent(60) {
            routable
        } else if attached || dice.percent(25) {
            dice.pick_from(subnets.map(|(name, _)| Reference::Named(name.clone())))
        } else {
            None
        };
        if attached && subnet.is_none() {
            return None;
        }
        Some(Self { transit_gateway_id: gateway, subnet_ids: subnet })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &transit_gateway::KNOWN_TO_THE_CALLER;
        let is_gateway = |kind: &Kind| matches!(kind, Kind::TransitGateway { .. });
        let gateway = &self.transit_gateway_id;
        require_seen(world, actor, gateway, is_gateway, unknown, &mut conditions);
        if let Some(subnet) = &self.subnet_ids {
            let unknown = &subnet::KNOWN_TO_THE_CALLER;
            let is_subnet = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
            let seen = require_seen(world, actor, subnet, is_subnet, unknown, &mut conditions);
            let own = seen.is_none_or(|(_, subnet)| subnet.owner == actor);
            conditions.require(own, &transit_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE);
            if own && let Some((_, Resource { kind: Kind::Subnet { vpc }, .. })) = seen {
                require_unattached(world, gateway, vpc, &mut conditions);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let named = self.subnet_ids.as_ref().and_then(Reference::name);
        let vpc =
            match named.and_then(|subnet| world.resources.get(subnet)).map(|subnet| &subnet.kind) {
                Some(Kind::Subnet { vpc }) => vpc.clone(),
                _none => plain_vpc(made),
            };
        let reply = Reply::granted(&transit_gateway::ATTACHED_BY_CONSUMERS);
        let Some(gateway) = self.transit_gateway_id.name() else { return reply };
        let Some(resource) = world.resources.get(gateway) else { return reply };
        let accepts = matches!(resource.kind, Kind::TransitGateway { auto_accept: true });
        let waiting = resource.owner != actor && !accepts;
        let kind = Kind::TransitGatewayAttachment { gateway: gateway.clone(), vpc, waiting };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        reply
    }

    fn usage(kind: &Kind, named: Reference) -> Option<(Usage, Self)> {
        let attach = || Self { transit_gateway_id: named, subnet_ids: None };
        matches!(kind, Kind::TransitGateway { .. }).then(|| (Usage::Attach, attach()))
    }
}

/// Requires that a VPC has no attachment to a gateway. Whether one that has ended still counts is open.
fn require_unattached(world: &World, to: &Reference, attached: &Name, conditions: &mut Conditions) {
    let earlier = world.resources.values().filter(|it| {
        matches!(&it.kind, Kind::TransitGatewayAttachment { gateway, vpc, .. }
            if Some(gateway) == to.name() && vpc == attached)
    });
    let (ended, living): (Vec<_>, Vec<_>) = earlier.partition(|it| it.deleted);
    conditions.require(living.is_empty(), &transit_gateway::ATTACHED_ONCE_FOR_EACH_VPC);
    let fresh = ended.is_empty() || !living.is_empty();
    conditions.require(fresh, &transit_gateway::ATTACHED_AGAIN_ONCE_ENDED);
}
