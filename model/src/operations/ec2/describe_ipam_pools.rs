//! DescribeIpamPools.

use crate::answer::{Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the IPAM pools that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIpamPools.html>
    pub struct DescribeIpamPools {
        /// Only these pools.
        ipam_pool_ids: Vec<Reference> = "IpamPoolIds",
    }
}

impl Operation for DescribeIpamPools {
    const TOPIC: Topic = Topic::IpamPools;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| PLAIN.includes(kind));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_asked(world, actor, dice).map(|ipam_pool_ids| Self { ipam_pool_ids })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        PLAIN.require_asked(world, actor, &self.ipam_pool_ids).decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        PLAIN.list(world, actor, &self.ipam_pool_ids)
    }
}
