//! AllocateIpamPoolCidr.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::ipam_pool;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Allocates a small block of addresses from an IPAM pool.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateIpamPoolCidr.html>
    pub struct AllocateIpamPoolCidr {
        /// The pool.
        ipam_pool_id: Reference = "IpamPoolId",
    }
}

/// The allocations that an account has at a time in drawn cases, at most.
const DRAWN_MAX: usize = 2;

impl Operation for AllocateIpamPoolCidr {
    const TOPIC: Topic = Topic::IpamPools;
    const MAKES: &'static str = "allocation";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.resources.values().filter(|it| {
            it.owner == actor && !it.deleted && matches!(it.kind, Kind::IpamAllocation { .. })
        });
        if own.count() >= DRAWN_MAX {
            return None;
        }
        PLAIN.draw_use(world, actor, dice).map(|ipam_pool_id| Self { ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require(world, actor, &self.ipam_pool_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        if let Some(pool) = self.ipam_pool_id.name() {
            let kind = Kind::IpamAllocation { pool: pool.clone() };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        Reply::granted(&ipam_pool::ALLOCATED_FROM_WHILE_SHARED)
    }
}
