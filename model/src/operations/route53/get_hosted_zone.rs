//! GetHostedZone.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::find_with_sight;
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::world::Kind;
use crate::{Account, Name, World, zones};

operation! {
    /// Reads a hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html>
    pub struct GetHostedZone {
        /// The hosted zone.
        id: Reference = "Id",
    }
}

impl Operation for GetHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        zones::draw(world, actor, dice).map(|id| Self { id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        zones::require_readable(world, actor, &self.id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let granted = Reply::granted(&hosted_zone::MADE_BY_ITS_OWNER);
        let Some((_, resource, sight)) = find_with_sight(world, actor, &self.id) else {
            return granted;
        };
        let Kind::HostedZone { vpcs, .. } = &resource.kind else { return granted };
        let own = resource.owner == actor;
        let reply = if own { granted } else { Reply::granted(sight.rule) };
        if !own {
            return reply;
        }
        let any_gone = vpcs.iter().any(|vpc| zones::is_gone(world, vpc));
        let rule = if any_gone {
            &hosted_zone::READ_WITH_ITS_DELETED_VPCS
        } else {
            &hosted_zone::READ_WITH_ITS_VPCS
        };
        let vpcs = vpcs.iter().map(|vpc| SmolStr::new(vpc.as_str())).collect();
        reply.with("VPCs", Expected::Set(vpcs), rule)
    }
}
