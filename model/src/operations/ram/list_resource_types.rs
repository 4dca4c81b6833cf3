//! ListResourceTypes.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::parameters::operation;
use crate::resources;
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
        let assumed = resources::ASSUMED.iter().map(|(_, of_type)| of_type.name);
        let assumed: Vec<&str> =
            if world.assumptions.are_none() { Vec::new() } else { assumed.collect() };
        let types = resources::TYPES.iter();
        let owed = types.map(|of_type| Row::owed(key(of_type.name), &resource::TYPES_LISTED));
        // What is assumed of sharing says nothing of this list.
        let unshareable = UNSHAREABLE.into_iter().filter(|name| !assumed.contains(name));
        let forbidden = unshareable.map(|name| Row::forbidden(key(name), &resource::TYPES_LISTED));
        let rows = owed.chain(forbidden).collect();
        Reply { because: &read::GRANTED, fields: Vec::new(), rows }
    }
}
