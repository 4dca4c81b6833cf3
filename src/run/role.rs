//! The role that an account has towards the resources of others.

use std::fmt;

use bellwether_model::world::Share;
use bellwether_model::{Account, Call, Name, World};

/// The role of an account in a call, strongest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The call names no resource that anybody owns.
    Caller,
    /// The account owns every resource that the call names.
    Owner,
    /// A resource is another account's, and shared with this one or seen by it.
    Consumer,
    /// A resource is another account's, and not shared with this one.
    Unrelated,
}

impl Role {
    /// All roles, strongest first.
    pub const ALL: [Self; 4] = [Self::Caller, Self::Owner, Self::Consumer, Self::Unrelated];

    /// Returns the word for it in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Owner => "owner",
            Self::Consumer => "consumer",
            Self::Unrelated => "unrelated",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Returns the caller's role: the weakest towards any of the resources that the call names.
///
/// Every account may make a share, whatever is put into it; there it is the caller only.
pub(crate) fn of_call(world: &World, account: Account, call: &Call) -> Role {
    if call.info().makes_share() { Role::Caller } else { of(world, account, &call.names()) }
}

/// Returns the weakest role that an account has towards any of these resources.
pub(crate) fn of(world: &World, account: Account, names: &[&Name]) -> Role {
    let weakest = names.iter().filter_map(|name| towards(world, account, name)).max();
    weakest.unwrap_or(Role::Caller)
}

/// Returns the role towards one resource, in whichever Region it is; `None` if nobody owns what bears that
/// name.
fn towards(world: &World, account: Account, name: &Name) -> Option<Role> {
    let world = &*world.in_region(world.region_of(name)?);
    let named =
        |share: &Share| share.principals.keys().any(|principal| world.covers(principal, account));
    let (owner, meant) = if let Some(share) = world.shares.get(name) {
        (share.owner, named(share))
    } else if let Some(permission) = world.permissions.get(name) {
        (permission.owner, false)
    } else if let Some(replacement) = world.replacements.get(name) {
        (replacement.owner, false)
    } else {
        let resource = world.resources.get(name)?;
        let shared = |share: &Share| share.resources.contains_key(name) && named(share);
        let meant = world.shares.values().any(shared) || world.sight(account, name).is_seen();
        (resource.owner, meant)
    };
    Some(match (owner == account, meant) {
        (true, _) => Role::Owner,
        (false, true) => Role::Consumer,
        (false, false) => Role::Unrelated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn the_weakest_role_of_a_call_counts() {
        let text = "world organization sharing=on

owner CreateSubnet -> net
owner CreateSubnet -> net2
owner CreateResourceShare resourceArns=net principals=member -> share
owner DescribeSubnets SubnetIds=net
owner DescribeSubnets SubnetIds=net,net2";
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let mut world = World::new(scenario.shape);
        let steps: Vec<_> = scenario.steps().collect();
        for (place, step) in steps.iter().enumerate().take(3) {
            step.call.transition(&mut world, step.actor, &step.made_name(place));
        }
        let role = |account, place: usize| of_call(&world, account, &steps[place].call);
        assert_eq!(role(Account::MEMBER, 0), Role::Caller, "it names nothing");
        assert_eq!(role(Account::OWNER, 4), Role::Owner);
        assert_eq!(role(Account::MEMBER, 3), Role::Consumer);
        assert_eq!(role(Account::MEMBER, 4), Role::Unrelated, "net2 is not shared");
    }
}
