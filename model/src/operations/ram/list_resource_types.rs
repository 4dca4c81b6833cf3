//! ListResourceTypes.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Owed, Reply, Row};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::operation;
use crate::resources::{self, Shareable, shareable};
use crate::rules::{read, resource};
use crate::{Account, Name, World};

operation! {
    /// Lists the resource types that RAM can share.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceTypes.html>
    pub struct ListResourceTypes {}
}

/// Types that RAM can't share, though they are often looked for.
const UNSHAREABLE: [&str; 3] = ["ec2:Image", "ec2:Instance", "ec2:Vpc"];

impl Operation for ListResourceTypes {
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let key = |name| Key::Type(SmolStr::new_static(name));
        let assumed = resources::ASSUMED.iter().map(|(_, of_type)| of_type.facts.name);
        let assumed: Vec<&str> =
            if world.assumptions.are_none() { Vec::new() } else { assumed.collect() };
        let modelled = |it: &Shareable| resources::TYPES.iter().any(|of| of.facts.name == it.name);
        let documented = shareable::SHAREABLE.iter().map(|it| {
            let row = if modelled(it) {
                Row::owed(key(it.name), &resource::TYPES_LISTED)
            } else {
                Row::open(key(it.name), &resource::OTHER_TYPES_LISTED, true)
            };
            match it.region_scope {
                Some(scope) => row.with(
                    "resourceRegionScope",
                    Owed::Text(SmolStr::new_static(scope)),
                    &resource::REGIONAL_OR_GLOBAL,
                ),
                None => row,
            }
        });
        // What is assumed of sharing says nothing of this list.
        let unshareable = UNSHAREABLE.into_iter().filter(|name| !assumed.contains(name));
        let forbidden = unshareable.map(|name| Row::forbidden(key(name), &resource::TYPES_LISTED));
        let rows = documented.chain(forbidden).collect();
        Reply { because: &read::GRANTED, fields: Vec::new(), rows }
    }
}
