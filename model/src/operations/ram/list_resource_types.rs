//! ListResourceTypes.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Key, Reply, Row, Sifted};
use crate::dice::Dice;
use crate::operations::Operation;
use crate::paging;
use crate::parameters::operation;
use crate::resources;
use crate::rules::{read, resource};
use crate::{Account, Name, World};

operation! {
    /// Lists the resource types that RAM can share.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_ListResourceTypes.html>
    pub struct ListResourceTypes {
        /// ALL, REGIONAL or GLOBAL; ALL where it is left out.
        resource_region_scope: SmolStr = "resourceRegionScope",
        /// The most results on a page.
        max_results: Option<i32> = "maxResults",
        /// The token of an earlier page; any that a scenario spells is none.
        next_token: SmolStr = "nextToken",
    }
}

/// Types that RAM can't share, though they are often looked for.
const UNSHAREABLE: [&str; 3] = ["ec2:Image", "ec2:Instance", "ec2:Vpc"];

impl Operation for ListResourceTypes {
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let (max_results, next_token) = paging::draw(dice);
        let resource_region_scope = resources::draw_scope(dice);
        dice.percent(20).then_some(Self { resource_region_scope, max_results, next_token })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let stated = resources::is_scope(&self.resource_region_scope);
        conditions.require(stated, &read::SCOPE_STATED);
        paging::require(self.max_results, &self.next_token, &mut conditions);
        conditions.decide()
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
        // All the modelled types are regional.
        let asked = self.resource_region_scope != "GLOBAL";
        let sifted = Sifted::by(asked, &read::TYPES_FILTERED_BY_SCOPE);
        let rows = owed.chain(forbidden).map(|row| row.sifted(sifted)).collect();
        paging::listed(self.max_results, rows)
    }
}
