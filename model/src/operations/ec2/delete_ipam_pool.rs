//! DeleteIpamPool.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Deletes an IPAM pool; its owner takes its blocks out of it first.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteIpamPool.html>
    pub struct DeleteIpamPool {
        /// The pool.
        ipam_pool_id: Reference = "IpamPoolId",
    }
}

impl Operation for DeleteIpamPool {
    const TOPIC: Topic = Topic::IpamPools;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw(world, actor, dice).map(|ipam_pool_id| Self { ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.ipam_pool_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.ipam_pool_id)
    }
}
