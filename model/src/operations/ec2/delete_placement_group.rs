//! DeletePlacementGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::placement_group::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Deletes a placement group, which is named by its name here, never by its id.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeletePlacementGroup.html>
    pub struct DeletePlacementGroup {
        /// The placement group.
        group_name: Reference = "GroupName",
    }
}

impl Operation for DeletePlacementGroup {
    const TOPIC: Topic = Topic::PlacementGroups;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw(world, actor, dice).map(|group_name| Self { group_name })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.group_name, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.group_name)
    }
}
