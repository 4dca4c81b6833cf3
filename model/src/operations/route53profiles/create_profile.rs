//! CreateProfile.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::profile;
use crate::{Account, Name, World};

operation! {
    /// Makes a Route 53 Profile.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_CreateProfile.html>
    pub struct CreateProfile {}
}

impl Operation for CreateProfile {
    const TOPIC: Topic = Topic::Profiles;
    const MAKES: &'static str = "profile";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        profile::DNS.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        profile::DNS.make(world, actor, made)
    }
}
