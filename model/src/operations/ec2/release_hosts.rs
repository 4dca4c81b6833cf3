//! ReleaseHosts.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::dedicated_host::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Releases a dedicated host.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseHosts.html>
    pub struct ReleaseHosts {
        /// The host.
        host_id: Reference = "HostIds",
    }
}

impl Operation for ReleaseHosts {
    const TOPIC: Topic = Topic::DedicatedHosts;
    const HAS_DRY_RUN: bool = false;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw(world, actor, dice).map(|host_id| Self { host_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.host_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.host_id)
    }
}
