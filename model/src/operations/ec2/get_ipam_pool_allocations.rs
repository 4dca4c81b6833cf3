//! GetIpamPoolAllocations.

use crate::answer::{Conditions, Decision, EmptyList, Expected, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::{ipam_pool, visibility};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Lists what is allocated from an IPAM pool. The block of a VPC is listed by the VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetIpamPoolAllocations.html>
    pub struct GetIpamPoolAllocations {
        /// The pool.
        ipam_pool_id: Reference = "IpamPoolId",
    }
}

impl Operation for GetIpamPoolAllocations {
    const TOPIC: Topic = Topic::IpamPools;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw(world, actor, dice).map(|ipam_pool_id| Self { ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        PLAIN.require(world, actor, &self.ipam_pool_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut reply = Reply::granted(&ipam_pool::ALLOCATIONS_LISTED);
        let Some(pool) = self.ipam_pool_id.name() else { return reply };
        let allocated = world.allocated_from(pool);
        reply.rows = allocated.map(|(name, it)| row(world, pool, name, it)).collect();
        reply
    }

    /// Nothing is read of pools from which nothing was ever allocated.
    fn view_reads(world: &World, account: Account) -> Vec<Self> {
        let pools = world.sights_of(account, |kind| PLAIN.includes(kind)).into_iter();
        let read = pools.filter(|(name, _, sight)| {
            sight.is_seen() && sight.judged && world.allocated_from(name).next().is_some()
        });
        read.map(|(name, _, _)| Self { ipam_pool_id: Reference::Named(name.clone()) }).collect()
    }
}

/// The row of what is, or was, allocated from a pool.
fn row(world: &World, pool: &Name, name: &Name, allocated: &Resource) -> Row {
    let key = Key::Resource(name.clone());
    let is_vpc = allocated.kind == Kind::Vpc;
    if allocated.deleted && is_vpc {
        return Row::open(key, &ipam_pool::VPC_RELEASED_BY_ITS_DELETION, false);
    }
    if allocated.deleted {
        return Row::forbidden(key, &visibility::GONE_ONCE_DELETED);
    }
    let (plain, of_type): (_, &[&str]) = if is_vpc {
        (&ipam_pool::VPC_LISTED_AS_AN_ALLOCATION, &["vpc"])
    } else {
        (&ipam_pool::ALLOCATIONS_LISTED, &["custom"])
    };
    let sight = world.sight(allocated.owner, pool);
    let rule = if sight.is_seen() { plain } else { &ipam_pool::ALLOCATIONS_KEPT_AFTER_REVOCATION };
    Row::expected(key, rule).with("ResourceOwner", Expected::Account(allocated.owner), plain).with(
        "ResourceType",
        Expected::OneOf(of_type),
        plain,
    )
}
