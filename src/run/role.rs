//! The part that an account plays towards the resources of others.

use bellwether_model::{Account, Call, Name, World};

/// The part that the caller plays: the weakest towards any of the resources that the call names.
///
/// Making a share is everybody's right, whatever goes into it; there it is just the caller.
pub(crate) fn of_call(world: &World, account: Account, call: &Call) -> &'static str {
    if call.info().makes_share() { "caller" } else { of(world, account, &call.names()) }
}

/// The weakest part that an account plays towards any of these resources.
pub(crate) fn of(world: &World, account: Account, names: &[&Name]) -> &'static str {
    let weakest = names.iter().filter_map(|name| towards(world, account, name)).max();
    match weakest {
        None => "caller",
        Some(Part::Owner) => "owner",
        Some(Part::Consumer) => "consumer",
        Some(Part::Stranger) => "stranger",
    }
}

/// Strongest first.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Owner,
    Consumer,
    Stranger,
}

fn towards(world: &World, account: Account, name: &Name) -> Option<Part> {
    let named = |share: &bellwether_model::world::Share| {
        share.principals.keys().any(|principal| world.covers(principal, account))
    };
    let (owner, meant) = if let Some(share) = world.shares.get(name) {
        (share.owner, named(share))
    } else if let Some(permission) = world.permissions.get(name) {
        (permission.owner, false)
    } else if let Some(replacement) = world.replacements.get(name) {
        (replacement.owner, false)
    } else {
        let resource = world.resources.get(name)?;
        let shared = |share: &bellwether_model::world::Share| {
            share.resources.contains_key(name) && named(share)
        };
        let meant = world.shares.values().any(shared) || world.sight(account, name).is_seen();
        (resource.owner, meant)
    };
    Some(match (owner == account, meant) {
        (true, _) => Part::Owner,
        (false, true) => Part::Consumer,
        (false, false) => Part::Stranger,
    })
}
