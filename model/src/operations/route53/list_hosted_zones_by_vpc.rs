//! ListHostedZonesByVPC.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::granted_by;
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::world::{Kind, Resource};
use crate::{Account, Name, World, zones};

operation! {
    /// Lists the private hosted zones that a VPC is associated with.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html>
    pub struct ListHostedZonesByVPC {
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for ListHostedZonesByVPC {
    const TOPIC: Topic = Topic::HostedZones;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        zones::draw_own_vpc(world, actor, dice).map(|vpc_id| Self { vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let others = &hosted_zone::LISTED_BY_A_VPC_OF_OTHERS;
        if let Some((_, vpc)) = zones::require_vpc(world, &self.vpc_id, others, &mut conditions) {
            conditions.require(vpc.owner == actor, others);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let rows = zones::by_vpc(world, actor, &self.vpc_id);
        Reply { because: granted_by(&rows, &[]), fields: Vec::new(), rows }
    }

    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let zones = |it: &Resource| matches!(it.kind, Kind::HostedZone { .. });
        if !world.resources.values().any(zones) {
            return Vec::new();
        }
        let own = world.resources.iter().filter(|(name, it)| {
            it.owner == account && !it.deleted && !name.as_str().contains('.')
        });
        let fitting = own.filter(|(_, it)| matches!(it.kind, Kind::Vpc));
        fitting.map(|(name, _)| Self { vpc_id: Reference::Named(name.clone()) }).collect()
    }
}
