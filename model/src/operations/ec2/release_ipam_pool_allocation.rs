//! ReleaseIpamPoolAllocation.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::ipam_pool;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Gives a block of addresses back to the IPAM pool that it was allocated from.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseIpamPoolAllocation.html>
    pub struct ReleaseIpamPoolAllocation {
        /// The pool.
        ipam_pool_id: Reference = "IpamPoolId",
        /// The allocation.
        ipam_pool_allocation_id: Reference = "IpamPoolAllocationId",
    }
}

impl ReleaseIpamPoolAllocation {
    /// Whether something is an allocation from the pool that the call names.
    fn is_in_the_pool(&self, kind: &Kind) -> bool {
        matches!(kind, Kind::IpamAllocation { pool } if self.ipam_pool_id.name() == Some(pool))
    }

    /// Whether the call releases what the caller allocated from a pool that it sees no more.
    fn is_of_a_revoked_pool(&self, world: &World, actor: Account) -> bool {
        let allocation = self.ipam_pool_allocation_id.name().and_then(|it| world.resources.get(it));
        let own = allocation
            .is_some_and(|it| it.owner == actor && !it.deleted && self.is_in_the_pool(&it.kind));
        let sight = self.ipam_pool_id.name().map(|pool| world.sight(actor, pool));
        own && sight.is_some_and(|sight| sight.judged && !sight.is_seen())
    }
}

impl Operation for ReleaseIpamPoolAllocation {
    const TOPIC: Topic = Topic::IpamPools;
    const WEIGHT: usize = 3;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 6, seen: 3, near: 1, far: 1 };
        let is_one = |kind: &Kind| matches!(kind, Kind::IpamAllocation { .. });
        let allocation = draw_resource(world, actor, dice, is_one, weights)?;
        let of = &world.resources.get(allocation.name()?)?.kind;
        let Kind::IpamAllocation { pool } = of else { return None };
        let pools =
            world.resources.iter().filter(|(_, it)| !it.deleted && PLAIN.includes(&it.kind));
        let other = pools.map(|(name, _)| name).find(|name| *name != pool);
        let named = other.filter(|_| dice.percent(10)).unwrap_or(pool);
        let ipam_pool_id = Reference::Named(named.clone());
        Some(Self { ipam_pool_id, ipam_pool_allocation_id: allocation })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if self.is_of_a_revoked_pool(world, actor) {
            conditions.require(false, &ipam_pool::ALLOCATIONS_RELEASED_AFTER_REVOCATION);
            return conditions.decide();
        }
        let pool = PLAIN.require(world, actor, &self.ipam_pool_id, &mut conditions);
        let Some((_, pool)) = pool else { return conditions.decide() };
        let unknown = &ipam_pool::ALLOCATION_IN_THE_POOL;
        let named = &self.ipam_pool_allocation_id;
        let is_one = |kind: &Kind| self.is_in_the_pool(kind);
        let seen = require_seen(world, actor, named, is_one, unknown, &mut conditions);
        let own = seen.is_none_or(|(_, allocation)| allocation.owner == actor);
        if pool.owner == actor {
            conditions.require(own, &ipam_pool::ALLOCATIONS_RELEASED_BY_THE_POOL_OWNER);
        } else {
            conditions.require(own, &ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = self.ipam_pool_allocation_id.name();
        if let Some(resource) = named.and_then(|name| world.resources.get_mut(name)) {
            resource.deleted |= self.is_in_the_pool(&resource.kind);
        }
        Reply::granted(&ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER)
    }
}
