//! AllocateHosts.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::dedicated_host::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Allocates a dedicated host, onto which nothing is launched that does not name it.
    ///
    /// It costs money on AWS from the moment it is granted, whether anything runs on it or not.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateHosts.html>
    pub struct AllocateHosts {}
}

impl Operation for AllocateHosts {
    const TOPIC: Topic = Topic::DedicatedHosts;
    const MAKES: &'static str = "host";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const HAS_DRY_RUN: bool = false;
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
