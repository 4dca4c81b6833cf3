//! AllocateIpamPoolCidr.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::ipam_pool;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Asks for the next free block of an IPAM pool, as a preview that allocates nothing.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateIpamPoolCidr.html>
    pub struct AllocateIpamPoolCidr {
        /// The pool.
        ipam_pool_id: Reference = "IpamPoolId",
    }
}

impl Operation for AllocateIpamPoolCidr {
    const TOPIC: Topic = Topic::IpamPools;
    const WRITES: bool = false;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_use(world, actor, dice).map(|ipam_pool_id| Self { ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require(world, actor, &self.ipam_pool_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        Reply::granted(&ipam_pool::ALLOCATED_FROM_WHILE_SHARED)
    }
}
