//! CreatePlacementGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::placement_group::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Makes a placement group that spreads its instances.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreatePlacementGroup.html>
    pub struct CreatePlacementGroup {}
}

impl Operation for CreatePlacementGroup {
    const TOPIC: Topic = Topic::PlacementGroups;
    const MAKES: &'static str = "spread";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        PLAIN.make(world, actor, made)
    }
}
