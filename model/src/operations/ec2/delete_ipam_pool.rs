//! DeleteIpamPool.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::ipam_pool;
use crate::world::{Kind, World};
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
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw(world, actor, dice).map(|ipam_pool_id| Self { ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.ipam_pool_id, &mut conditions);
        let named = self.ipam_pool_id.name();
        if let Some(pool) =
            named.filter(|pool| world.resources.get(*pool).is_some_and(|it| it.owner == actor))
        {
            let mut allocated = world.allocated_from(pool);
            let empty = !allocated.any(|(_, it)| !it.deleted);
            conditions.require(empty, &ipam_pool::KEPT_WHILE_ALLOCATED_FROM);
            // The block of a deleted VPC is released some time later.
            let mut allocated = world.allocated_from(pool);
            let released = !allocated.any(|(_, it)| it.deleted && it.kind == Kind::Vpc);
            conditions.require(released || !empty, &ipam_pool::VPC_RELEASED_BY_ITS_DELETION);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.ipam_pool_id)
    }
}
