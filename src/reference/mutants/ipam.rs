//! Mutants of what is allocated from IPAM pools.

use bellwether_model::rules::{Rule, ipam_pool, visibility};
use bellwether_model::world::{Kind, World};
use bellwether_model::{Account, Call, Name, Reply};

use super::{Done, FROM_THE_RULES, Mutant, Mutation, is_foreign, lists_own_alone};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "allocation-kept-after-its-release",
        description: "An allocation is listed still once it has been released.",
        rule: &visibility::GONE_ONCE_DELETED,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
owner    AllocateIpamPoolCidr IpamPoolId=pool -> allocation
owner    ReleaseIpamPoolAllocation IpamPoolId=pool IpamPoolAllocationId=allocation",
        equivalent: None,
        mutation: Mutation::Corrupts(keep_released),
    },
    Mutant {
        name: "allocation-released-by-others",
        description: "A consumer of an IPAM pool releases what another account allocated.",
        rule: &ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
owner      AllocateIpamPoolCidr IpamPoolId=pool -> allocation
member     ReleaseIpamPoolAllocation IpamPoolId=pool IpamPoolAllocationId=allocation",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE),
    },
    Mutant {
        name: "release-refused-to-consumers",
        description: "A consumer of an IPAM pool can't release what it allocated.",
        rule: &ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
member     AllocateIpamPoolCidr IpamPoolId=pool -> allocation
member     ReleaseIpamPoolAllocation IpamPoolId=pool IpamPoolAllocationId=allocation",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_releases_to_consumers),
    },
    Mutant {
        name: "unknown-allocation-released",
        description: "The release of what is no allocation from the pool is granted.",
        rule: &ipam_pool::ALLOCATION_IN_THE_POOL,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
owner    ReleaseIpamPoolAllocation IpamPoolId=pool IpamPoolAllocationId=\"ipam-pool-alloc-0123456789abcdef0\"",
        equivalent: None,
        mutation: Mutation::Grants(&ipam_pool::ALLOCATION_IN_THE_POOL),
    },
    Mutant {
        name: "allocation-lost-once-unshared",
        description: "What a consumer allocated is released when the IPAM pool is no longer shared with it.",
        rule: &ipam_pool::ALLOCATIONS_KEPT_AFTER_REVOCATION,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
member     AllocateIpamPoolCidr IpamPoolId=pool -> allocation
owner      DeleteResourceShare share",
        equivalent: None,
        mutation: Mutation::Corrupts(release_unshared),
    },
    Mutant {
        name: "allocations-of-others-hidden",
        description: "A consumer of an IPAM pool is listed its own allocations alone.",
        rule: &ipam_pool::ALLOCATIONS_LISTED,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
owner      AllocateIpamPoolCidr IpamPoolId=pool -> allocation",
        equivalent: None,
        mutation: Mutation::Rewrites(hide_allocations_of_others),
    },
    Mutant {
        name: "pool-deleted-under-allocations",
        description: "An IPAM pool is deleted though something is allocated from it.",
        rule: &ipam_pool::KEPT_WHILE_ALLOCATED_FROM,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
owner    AllocateIpamPoolCidr IpamPoolId=pool -> allocation
owner    DeleteIpamPool IpamPoolId=pool",
        equivalent: None,
        mutation: Mutation::Distorts(count_no_allocations),
    },
    Mutant {
        name: "vpc-refused-from-a-shared-pool",
        description: "A consumer of an IPAM pool can't make a VPC from it.",
        rule: &ipam_pool::VPC_MADE_FROM_A_VISIBLE_POOL,
        seen: FROM_THE_RULES,
        shown: "world organization sharing=on

owner      CreateIpamPool -> pool
management EnableIpamOrganizationAdminAccount DelegatedAdminAccountId=owner
owner      CreateResourceShare resourceArns=pool principals=member -> share
member     CreateVpc Ipv4IpamPoolId=pool -> vpc",
        equivalent: None,
        mutation: Mutation::Refuses(refuse_vpcs_to_consumers),
    },
    Mutant {
        name: "vpc-not-counted-in-its-pool",
        description: "A VPC made from an IPAM pool is no allocation from it.",
        rule: &ipam_pool::VPC_LISTED_AS_AN_ALLOCATION,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner    CreateIpamPool -> pool
owner    CreateVpc Ipv4IpamPoolId=pool -> vpc",
        equivalent: None,
        mutation: Mutation::Corrupts(forget_pools_of_vpcs),
    },
];

fn keep_released(world: &mut World, done: &Done<'_>) {
    let Call::ReleaseIpamPoolAllocation(call) = done.call else { return };
    let named = call.ipam_pool_allocation_id.name();
    if let Some(allocation) = named.and_then(|name| world.resources.get_mut(name)) {
        allocation.deleted = false;
    }
}

fn refuse_releases_to_consumers(
    world: &World,
    actor: Account,
    call: &Call,
) -> Option<&'static Rule> {
    let Call::ReleaseIpamPoolAllocation(call) = call else { return None };
    let refused = &ipam_pool::ALLOCATIONS_RELEASED_BY_THEIR_OWNER_ALONE;
    is_foreign(world, actor, &call.ipam_pool_id).then_some(refused)
}

fn release_unshared(world: &mut World, done: &Done<'_>) {
    if !matches!(done.call, Call::DeleteResourceShare(_) | Call::DisassociateResourceShare(_)) {
        return;
    }
    let unseen = |owner, pool| !world.sight(owner, pool).is_seen();
    let unshared = world.resources.iter().filter(
        |(_, it)| matches!(&it.kind, Kind::IpamAllocation { pool } if unseen(it.owner, pool)),
    );
    let unshared: Vec<Name> = unshared.map(|(name, _)| name.clone()).collect();
    for name in unshared {
        if let Some(allocation) = world.resources.get_mut(&name) {
            allocation.deleted = true;
        }
    }
}

fn hide_allocations_of_others(reply: &mut Reply, world: &World, actor: Account, call: &Call) {
    let Call::GetIpamPoolAllocations(call) = call else { return };
    if is_foreign(world, actor, &call.ipam_pool_id) {
        lists_own_alone(reply, world, actor);
    }
}

fn count_no_allocations(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::DeleteIpamPool(_)) {
        world.resources.retain(|_, it| !matches!(it.kind, Kind::IpamAllocation { .. }));
    }
}

fn refuse_vpcs_to_consumers(world: &World, actor: Account, call: &Call) -> Option<&'static Rule> {
    let Call::CreateVpc(call) = call else { return None };
    let pool = call.ipv4_ipam_pool_id.as_ref()?;
    is_foreign(world, actor, pool).then_some(&ipam_pool::KNOWN_TO_THE_CALLER)
}

fn forget_pools_of_vpcs(world: &mut World, done: &Done<'_>) {
    if matches!(done.call, Call::CreateVpc(_)) {
        world.vpc_pools.remove(done.made);
    }
}
