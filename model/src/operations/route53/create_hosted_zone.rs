//! CreateHostedZone.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::world::{Kind, Resource};
use crate::{Account, Name, World, zones};

operation! {
    /// Makes a private hosted zone, associated with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html>
    pub struct CreateHostedZone {
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for CreateHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const MAKES: &'static str = "zone";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if !zones::draw_new(world, actor) {
            return None;
        }
        zones::draw_own_vpc(world, actor, dice).map(|vpc_id| Self { vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &hosted_zone::OF_A_VPC_THAT_EXISTS;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let Some((_, vpc)) = vpc {
            conditions.require(vpc.owner == actor, &hosted_zone::MADE_WITH_A_VPC_OF_ITS_OWNER);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let vpcs = self.vpc_id.name().cloned().into_iter().collect();
        let kind = Kind::HostedZone { vpcs, authorized: BTreeSet::new() };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&hosted_zone::MADE_BY_ITS_OWNER)
    }
}
