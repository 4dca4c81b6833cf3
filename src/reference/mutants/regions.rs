//! Mutants that show in one Region what is in another.

use bellwether_model::rules::region;
use bellwether_model::{Account, Call, World};

use super::{FROM_THE_RULES, Mutant, Mutation};

/// The mutants of this class.
pub(super) static MUTANTS: &[Mutant] = &[
    Mutant {
        name: "shares-of-every-region",
        description: "GetResourceShares lists the shares of all Regions in each.",
        rule: &region::SHARES_OF_ONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner in away CreateResourceShare -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_shares_of_every_region),
    },
    Mutant {
        name: "invitations-of-every-region",
        description: "GetResourceShareInvitations lists the invitations of all Regions in each.",
        rule: &region::INVITATIONS_OF_ONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner in away CreateResourceShare principals=consumer -> share",
        equivalent: None,
        mutation: Mutation::Distorts(list_invitations_of_every_region),
    },
    Mutant {
        name: "permissions-of-every-region",
        description: "ListPermissions lists the customer managed permissions of all Regions in each.",
        rule: &region::PERMISSIONS_OF_ONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner in away CreatePermission -> permission",
        equivalent: None,
        mutation: Mutation::Distorts(list_permissions_of_every_region),
    },
    Mutant {
        name: "subnets-of-every-region",
        description: "DescribeSubnets lists the subnets of all Regions in each.",
        rule: &region::RESOURCES_OF_ONE,
        seen: FROM_THE_RULES,
        shown: "world standalone

owner in away CreateSubnet -> net",
        equivalent: None,
        mutation: Mutation::Distorts(list_subnets_of_every_region),
    },
];

/// Brings the shares, permissions and resources of all Regions into the one of the request in hand.
fn forget_regions(world: &mut World) {
    let regions: Vec<_> = world.elsewhere.keys().copied().collect();
    for region in regions {
        let there = world.in_region(region).into_owned();
        world.shares.extend((*there.shares).clone());
        world.permissions.extend((*there.permissions).clone());
        world.resources.extend((*there.resources).clone());
    }
}

fn list_shares_of_every_region(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShares(_)) {
        forget_regions(world);
    }
}

fn list_invitations_of_every_region(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::GetResourceShareInvitations(_)) {
        forget_regions(world);
    }
}

fn list_permissions_of_every_region(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::ListPermissions(_)) {
        forget_regions(world);
    }
}

fn list_subnets_of_every_region(world: &mut World, _actor: Account, call: &Call) {
    if matches!(call, Call::DescribeSubnets(_)) {
        forget_regions(world);
    }
}
