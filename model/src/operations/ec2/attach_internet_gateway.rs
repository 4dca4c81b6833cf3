//! AttachInternetGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_internet_gateway, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{internet_gateway, subnet};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Attaches an internet gateway to a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html>
    pub struct AttachInternetGateway {
        /// The internet gateway.
        internet_gateway_id: Reference = "InternetGatewayId",
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for AttachInternetGateway {
    const TOPIC: Topic = Topic::InternetGateways;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 12, seen: 1, near: 0, far: 0 };
        let free = dice.percent(60);
        let is_one =
            |kind: &Kind| matches!(kind, Kind::InternetGateway { vpc } if !free || vpc.is_none());
        let internet_gateway_id = draw_resource(world, actor, dice, is_one, weights)?;
        let taken = world.resources.values().filter_map(|it| {
            let Kind::InternetGateway { vpc: Some(vpc) } = &it.kind else { return None };
            (it.owner == actor && !it.deleted).then_some(vpc)
        });
        let taken = dice.pick_from(taken.map(|vpc| Reference::Named(vpc.clone())));
        let vpc_id = taken.filter(|_| dice.percent(35)).or_else(|| {
            let weights = Weights { own: 6, seen: 2, near: 1, far: 1 };
            draw_resource(world, actor, dice, |kind| *kind == Kind::Vpc, weights)
        })?;
        Some(Self { internet_gateway_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = &self.internet_gateway_id;
        let attached = require_own_internet_gateway(world, actor, named, &mut conditions);
        conditions.require(!matches!(attached, Some(Some(_))), &internet_gateway::ATTACHED_ONCE);
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        let seen = require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions);
        if let Some((vpc, resource)) = seen {
            let own = resource.owner == actor;
            conditions.require(own, &internet_gateway::ATTACHED_BY_THE_VPC_OWNER_ALONE);
            let taken = world.resources.values().any(|it| {
                let here = matches!(&it.kind, Kind::InternetGateway { vpc: Some(of) } if of == vpc);
                here && !it.deleted
            });
            conditions.require(!taken || !own, &internet_gateway::ATTACHED_ONCE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.internet_gateway_id.name();
        let resource = named.and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::InternetGateway { vpc }, .. }) = resource {
            *vpc = self.vpc_id.name().cloned();
        }
        Reply::granted(&internet_gateway::MADE_BY_ITS_OWNER)
    }
}
