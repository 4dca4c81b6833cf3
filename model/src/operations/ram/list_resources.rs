//! ListResources.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Owed, Reply, Row};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::operation;
use crate::resources;
use crate::rules::{read, visibility};
use crate::view::Access;
use crate::world::{Association, AssociationStatus, Share};
use crate::{Account, Name, World};

operation! {
    /// Lists the resources that the caller shares, or that others share with it.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResources.html>
    pub struct ListResources {
        /// SELF or OTHER-ACCOUNTS; SELF where it is left out.
        resource_owner: SmolStr = "resourceOwner",
    }
}

impl ListResources {
    /// The list of what others share.
    #[must_use]
    pub fn of_others() -> Self {
        Self { resource_owner: "OTHER-ACCOUNTS".into() }
    }
}

impl Operation for ListResources {
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
            let access = (share.owner != actor).then(|| world.access(share, actor));
            for (thing, association) in &share.resources {
                let key = Key::Resource(name.clone(), thing.clone());
                let row = match (access, of_others) {
                    (None, false) => own_row(world, key, share, thing, association),
                    (None, true) => Row::forbidden(key, &read::RESOURCES_LISTED_TO_CONSUMERS),
                    (Some(_), false) => Row::forbidden(key, &read::RESOURCES_LISTED_TO_THEIR_OWNER),
                    (Some(access), true) => foreign_row(world, key, thing, association, access),
                };
                let of_type = world.things.get(thing);
                let of_type =
                    of_type.and_then(|thing| resources::of(world.assumptions, &thing.kind));
                let rule = row.rule;
                rows.push(match of_type {
                    Some(of_type) if row.present => {
                        row.with("type", Owed::Text(SmolStr::new_static(of_type.facts.name)), rule)
                    }
                    Some(_) | None => row,
                });
            }
        }
        Reply { because: &read::GRANTED, fields: Vec::new(), rows }
    }
}

fn own_row(world: &World, key: Key, share: &Share, thing: &Name, association: &Association) -> Row {
    let gone = world.things.get(thing).is_none_or(|thing| thing.deleted);
    let settled = association.status == AssociationStatus::Associated && !share.deleted && !gone;
    if settled && share.open.is_none() {
        Row::owed(key, &read::RESOURCES_LISTED_TO_THEIR_OWNER)
    } else {
        Row::open(key, share.open.unwrap_or(&read::UNSETTLED_ROWS_LISTED), settled)
    }
}

fn foreign_row(
    world: &World,
    key: Key,
    thing: &Name,
    association: &Association,
    access: Access,
) -> Row {
    let gone = world.things.get(thing).is_none_or(|thing| thing.deleted);
    match access {
        Access::Open => Row::open(key, &visibility::THROUGH_AN_UNKNOWN_GRANT, true),
        Access::Granted if gone => Row::open(key, &read::UNSETTLED_ROWS_LISTED, false),
        Access::Granted if association.status == AssociationStatus::Associated => {
            Row::owed(key, &read::RESOURCES_LISTED_TO_CONSUMERS)
        }
        Access::Granted | Access::Ended | Access::Pending | Access::None => {
            Row::forbidden(key, &read::RESOURCES_UNLISTED_WITHOUT_ACCESS)
        }
    }
}
