//! DetachInternetGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::require_own_internet_gateway;
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::internet_gateway;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Detaches an internet gateway from a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html>
    pub struct DetachInternetGateway {
        /// The internet gateway.
        internet_gateway_id: Reference = "InternetGatewayId",
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for DetachInternetGateway {
    const TOPIC: Topic = Topic::InternetGateways;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(40);
        let attached = world.resources.iter().filter_map(|(name, resource)| {
            let Kind::InternetGateway { vpc: Some(vpc) } = &resource.kind else { return None };
            let fits = !resource.deleted && (any || resource.owner == actor);
            fits.then(|| (Reference::Named(name.clone()), Reference::Named(vpc.clone())))
        });
        let (internet_gateway_id, vpc_id) = dice.pick_from(attached)?;
        Some(Self { internet_gateway_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = &self.internet_gateway_id;
        let attached = require_own_internet_gateway(world, actor, named, &mut conditions);
        let fits = attached.is_none_or(|vpc| vpc.is_some() && vpc == self.vpc_id.name());
        conditions.require(fits, &internet_gateway::DETACHED_ONCE);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.internet_gateway_id.name();
        let resource = named.and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::InternetGateway { vpc }, .. }) = resource {
            *vpc = None;
        }
        Reply::granted(&internet_gateway::MADE_BY_ITS_OWNER)
    }
}
