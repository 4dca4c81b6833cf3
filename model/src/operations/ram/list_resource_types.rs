//! ListResourceTypes.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Expected, FilterOutcome, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::paging;
use crate::parameters::operation;
use crate::resources;
use crate::rules::{read, resource};
use crate::shareable::{self, Shareable};
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

impl ListResourceTypes {
    /// Returns the outcome of the filter for a type of this scope.
    fn filtered(&self, scope: Option<&str>) -> FilterOutcome {
        match (self.resource_region_scope.as_str(), scope) {
            ("" | "ALL", _) => FilterOutcome::Passes,
            (asked, Some(scope)) => {
                FilterOutcome::by(asked == scope, &read::TYPES_FILTERED_BY_SCOPE)
            }
            (_, None) => FilterOutcome::Open(&resource::OTHER_TYPES_LISTED),
        }
    }
}

/// Types that RAM can't share, though they are often looked for.
const UNSHAREABLE: [&str; 4] = ["ec2:Image", "ec2:Instance", "ec2:Vpc", "route53:HostedZone"];

impl Operation for ListResourceTypes {
    const TOPIC: Topic = Topic::Sharing;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let (max_results, next_token) = paging::draw_of(dice, [10, 20]);
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
        let assumed = resources::ASSUMED.iter().map(|(_, of_type)| of_type.facts.name);
        let assumed: Vec<&str> =
            if world.assumptions.are_none() { Vec::new() } else { assumed.collect() };
        let modelled = |it: &Shareable| resources::TYPES.iter().any(|of| of.facts.name == it.name);
        let documented = shareable::SHAREABLE.iter().map(|it| {
            let row = if modelled(it) {
                Row::expected(key(it.name), &resource::TYPES_LISTED)
            } else {
                Row::open(key(it.name), &resource::OTHER_TYPES_LISTED, true)
            };
            let row = row.filtered(self.filtered(it.region_scope));
            match it.region_scope {
                Some(scope) if row.present => row.with(
                    "resourceRegionScope",
                    Expected::Text(SmolStr::new_static(scope)),
                    &resource::REGIONAL_OR_GLOBAL,
                ),
                Some(_) | None => row,
            }
        });
        // What is assumed of sharing says nothing of this list.
        let unshareable = UNSHAREABLE.into_iter().filter(|name| !assumed.contains(name));
        let forbidden = unshareable.map(|name| Row::forbidden(key(name), &resource::TYPES_LISTED));
        let rows = documented.chain(forbidden).collect();
        paging::listed(self.max_results, rows)
    }
}
