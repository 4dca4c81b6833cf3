//! The worlds that a history may be in: who is in an organization with whom is not told, so that several are
//! followed until answers decide between them.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::world::{Membership, Organization};
use bellwether_model::{Account, Name, World};
use serde_json::Value;

use crate::history::{Answer, Event};

/// The most accounts whose organizations are followed in every combination.
pub const ACCOUNTS_MAX: usize = 3;

/// An account of the model that manages organizations and calls nothing in a history.
const MANAGEMENT: Account = Account::MANAGEMENT;

/// What is known about the organizations of the accounts of a history.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Organizations {
    /// Nothing: every combination is possible.
    Unknown,
    /// No account is in one.
    None,
}

/// What the answer to DescribeOrganization says: the id of the caller's organization, or that it is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It is in this one.
    In(String),
    /// It is in none.
    Alone,
}

/// What an event says about the organization of its caller, if it does.
pub(super) fn told(event: &Event) -> Option<Told> {
    if event.operation != "DescribeOrganization" || !event.service.starts_with("organizations") {
        return None;
    }
    let Answer::Whole { status, body, error } = &event.answer else { return None };
    let body: Value = serde_json::from_str(body).ok()?;
    if *status == 200 {
        return Some(Told::In(body.pointer("/Organization/Id")?.as_str()?.to_owned()));
    }
    let code = error.as_deref().or_else(|| body.get("__type")?.as_str())?;
    code.contains("AWSOrganizationsNotInUseException").then_some(Told::Alone)
}

/// Keeps the worlds in which accounts are in the organizations that they are told to be in.
pub(super) fn keep(worlds: &mut Vec<World>, told: &BTreeMap<Account, Told>) {
    let is_so = |world: &World| {
        let of = |account: &Account| world.members.get(account).map(|it| &it.organization);
        told.iter().all(|(account, what)| match what {
            Told::Alone => of(account).is_none(),
            Told::In(_) => {
                let together = |(other, is): (&Account, &Told)| match is {
                    Told::In(_) => (is == what) == (of(other) == of(account)),
                    Told::Alone => true,
                };
                of(account).is_some() && told.iter().all(together)
            }
        })
    };
    // An answer that fits no world is of a time at which it was another one.
    if worlds.iter().any(is_so) {
        worlds.retain(is_so);
    }
}

/// Returns the worlds that accounts may begin in; nothing was made in any. `None` if they are too many.
pub(super) fn all(known: Organizations, accounts: &BTreeSet<Account>) -> Option<Vec<World>> {
    let standalone = World::default();
    if known == Organizations::None {
        return Some(vec![standalone]);
    }
    if accounts.len() > ACCOUNTS_MAX {
        return None;
    }
    let mut groupings: Vec<Vec<Vec<Account>>> = vec![Vec::new()];
    for account in accounts {
        groupings = groupings.iter().flat_map(|grouping| with(grouping, *account)).collect();
    }
    let mut worlds = Vec::new();
    for grouping in groupings {
        let mut begun = vec![standalone.clone()];
        for (number, group) in grouping.iter().enumerate() {
            begun = begun.iter().flat_map(|world| grouped(world, group, number)).collect();
        }
        worlds.extend(begun);
    }
    Some(worlds)
}

/// The groupings with one more account: in a group of its own, or in any that is there.
fn with(grouping: &[Vec<Account>], account: Account) -> Vec<Vec<Vec<Account>>> {
    let mut alone = grouping.to_vec();
    alone.push(vec![account]);
    let mut all = vec![alone];
    for place in 0..grouping.len() {
        let mut joined = grouping.to_vec();
        joined[place].push(account);
        all.push(joined);
    }
    all
}

/// The worlds in which a group is an organization that shares, one that does not, or none where it is one
/// account.
fn grouped(world: &World, group: &[Account], number: usize) -> Vec<World> {
    let organized = |sharing: bool| {
        let mut world = world.clone();
        let id = Name::new(format!("organization{number}"));
        let organization = Organization {
            management: MANAGEMENT,
            trusted: sharing,
            sharing,
            open: None,
            units: BTreeMap::new(),
        };
        world.organizations.insert(id.clone(), organization);
        for account in group {
            world.members.insert(*account, Membership { organization: id.clone(), unit: None });
        }
        world
    };
    let mut all = vec![organized(true), organized(false)];
    if group.len() == 1 {
        all.insert(0, world.clone());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(accounts: usize) -> Option<usize> {
        let ids = ["111111111111", "222222222222", "333333333333", "444444444444"];
        let accounts = ids.iter().take(accounts).filter_map(|id| Account::from_id(id)).collect();
        all(Organizations::Unknown, &accounts).map(|worlds| worlds.len())
    }

    #[test]
    fn every_combination_of_organizations_is_a_world_of_its_own() {
        assert_eq!(count(1), Some(3), "alone, or in an organization that shares or does not");
        assert_eq!(count(2), Some(3 * 3 + 2));
        assert_eq!(count(3), Some(27 + 3 * 2 * 3 + 2));
        assert_eq!(count(4), None, "too many to follow");
    }

    #[test]
    fn accounts_are_in_the_organizations_that_they_are_told_to_be_in() {
        let accounts: Vec<Account> = ["111111111111", "222222222222", "333333333333"]
            .into_iter()
            .filter_map(Account::from_id)
            .collect();
        let begun = all(Organizations::Unknown, &accounts.iter().copied().collect()).unwrap();
        let kept = |told: &[Told]| {
            let mut worlds = begun.clone();
            keep(&mut worlds, &accounts.iter().copied().zip(told.iter().cloned()).collect());
            worlds.len()
        };
        let of = |id: &str| Told::In(id.to_owned());
        assert_eq!(kept(&[Told::Alone, Told::Alone, Told::Alone]), 1);
        assert_eq!(kept(&[of("o-1"), of("o-1"), Told::Alone]), 2, "it shares or does not");
        assert_eq!(kept(&[of("o-1"), of("o-2"), Told::Alone]), 4);
    }

    #[test]
    fn the_first_world_is_that_of_accounts_in_no_organization() {
        let accounts = Account::from_id("111111111111").into_iter().collect();
        let worlds = all(Organizations::Unknown, &accounts).unwrap();
        assert_eq!(worlds[0], World::default());
        assert_eq!(all(Organizations::None, &accounts), Some(vec![World::default()]));
    }
}
