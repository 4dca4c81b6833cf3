//! ListPrincipals.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::operation;
use crate::rules::{read, visibility};
use crate::view::Access;
use crate::world::{AssociationStatus, Share};
use crate::{Account, Name, Principal, World};

operation! {
    /// Lists the principals that the caller shares with, or the accounts that share with it.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListPrincipals.html>
    pub struct ListPrincipals {
        /// SELF or OTHER-ACCOUNTS; SELF where it is left out.
        resource_owner: SmolStr = "resourceOwner",
    }
}

impl ListPrincipals {
    /// The list of those who share with the caller.
    #[must_use]
    pub fn of_others() -> Self {
        Self { resource_owner: "OTHER-ACCOUNTS".into() }
    }
}

impl Operation for ListPrincipals {
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let owner =
            if dice.percent(5) { "ANYBODY" } else { ["SELF", "OTHER-ACCOUNTS"][dice.below(2)] };
        Some(Self { resource_owner: owner.into() })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let stated = matches!(self.resource_owner.as_str(), "" | "SELF" | "OTHER-ACCOUNTS");
        conditions.require(stated, &read::OWNER_STATED);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let of_others = self.resource_owner == "OTHER-ACCOUNTS";
        let mut rows = Vec::new();
        for (name, share) in &world.shares {
            if !of_others && share.owner == actor {
                own_rows(world, name, share, &mut rows);
            }
            if of_others && share.owner != actor {
                foreign_rows(world, actor, name, share, &mut rows);
            }
        }
        Reply { because: &read::GRANTED, fields: Vec::new(), rows }
    }
}

/// Whether the share holds a resource; one that does not may or may not count as sharing.
fn holds_something(world: &World, share: &Share) -> bool {
    share.resources.iter().any(|(name, association)| {
        association.status == AssociationStatus::Associated
            && world.things.get(name).is_some_and(|thing| !thing.deleted)
    })
}

fn own_rows(world: &World, name: &Name, share: &Share, rows: &mut Vec<Row>) {
    let known = holds_something(world, share) && !share.deleted && share.open.is_none();
    for (principal, association) in &share.principals {
        let key = Key::Principal(name.clone(), principal.clone());
        let associated = association.status == AssociationStatus::Associated;
        rows.push(if known && associated && association.open.is_none() {
            Row::owed(key, &read::PRINCIPALS_LISTED_TO_THE_OWNER)
        } else {
            let present = associated && !share.deleted;
            Row::open(key, share.open.unwrap_or(&read::UNSETTLED_ROWS_LISTED), present)
        });
    }
}

fn foreign_rows(world: &World, actor: Account, name: &Name, share: &Share, rows: &mut Vec<Row>) {
    let owner = Key::Principal(name.clone(), Principal::Account(share.owner));
    rows.push(match world.access(share, actor) {
        Access::Granted if holds_something(world, share) => {
            Row::owed(owner, &read::OWNERS_LISTED_TO_CONSUMERS)
        }
        Access::Granted => Row::open(owner, &read::UNSETTLED_ROWS_LISTED, true),
        Access::Open => Row::open(owner, &visibility::THROUGH_AN_UNKNOWN_GRANT, true),
        Access::Pending | Access::Ended | Access::None => {
            Row::forbidden(owner, &read::OWNERS_LISTED_TO_CONSUMERS)
        }
    });
    for principal in share.principals.keys() {
        let itself = world.covers(principal, actor);
        if !itself && *principal != Principal::Account(share.owner) {
            let key = Key::Principal(name.clone(), principal.clone());
            rows.push(Row::forbidden(key, &read::OWNERS_LISTED_TO_CONSUMERS));
        }
    }
}
