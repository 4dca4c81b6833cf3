//! CreateHostedZone.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::world::{Kind, Resource};
use crate::{Account, Name, World, dns, zones};

operation! {
    /// Makes a private hosted zone, associated with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html>
    pub struct CreateHostedZone {
        /// The VPC.
        vpc_id: Reference = "VPCId",
        /// Its name, a domain; one that nothing else has if it is left out.
        name: SmolStr = "Name",
    }
}

/// The names that are drawn.
const NAMES: &[&str] = &["corp.example.com", "db.corp.example.com"];

impl Operation for CreateHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const MAKES: &'static str = "zone";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if !zones::draw_new(world, actor) {
            return None;
        }
        let vpc_id = zones::draw_own_vpc(world, actor, dice)?;
        let is_zone = |kind: &Kind| matches!(kind, Kind::HostedZone { .. });
        Some(Self { vpc_id, name: dns::draw_domain(world, dice, NAMES, is_zone) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &hosted_zone::OF_A_VPC_THAT_EXISTS;
        let vpc = zones::require_vpc(world, &self.vpc_id, unknown, &mut conditions);
        if let Some((name, vpc)) = vpc {
            let own = vpc.owner == actor;
            conditions.require(own, &hosted_zone::MADE_WITH_A_VPC_OF_ITS_OWNER);
            if own {
                let domain = dns::domain(&self.name);
                let taken = zones::of_a_vpc(world, name).any(|zone| world.is_named(zone, &domain));
                conditions.require(!taken, &hosted_zone::ONE_PER_NAME_AND_VPC);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let domain = dns::domain(&self.name);
        let vpc = self.vpc_id.name();
        let rule = if vpc.is_some_and(|vpc| zones::overlaps(world, vpc, &domain)) {
            &hosted_zone::MADE_BESIDE_OVERLAPPING_NAMES
        } else {
            &hosted_zone::MADE_BY_ITS_OWNER
        };
        let vpcs = vpc.cloned().into_iter().collect();
        let kind = Kind::HostedZone { vpcs, authorized: BTreeSet::new() };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        world.give_name(made, domain);
        Reply::granted(rule)
    }
}
