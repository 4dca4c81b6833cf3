//! DescribePlacementGroups.

use crate::answer::{Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::placement_group::PLAIN;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the placement groups that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribePlacementGroups.html>
    pub struct DescribePlacementGroups {
        /// Only these groups.
        group_ids: Vec<Reference> = "GroupIds",
    }
}

impl Operation for DescribePlacementGroups {
    const TOPIC: Topic = Topic::PlacementGroups;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| PLAIN.includes(kind));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_asked(world, actor, dice).map(|group_ids| Self { group_ids })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        PLAIN.require_asked(world, actor, &self.group_ids).decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut reply = PLAIN.list(world, actor, &self.group_ids);
        // A group has no OwnerId of its own; the account in its ARN says whose it is.
        for field in reply.rows.iter_mut().flat_map(|row| &mut row.fields) {
            field.name = "GroupArn";
        }
        reply
    }
}
