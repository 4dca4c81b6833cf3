//! EnableImageBlockPublicAccess.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::image;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Keeps the caller's images from being made public.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html>
    pub struct EnableImageBlockPublicAccess {}
}

impl Operation for EnableImageBlockPublicAccess {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(30).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        world.public_images_blocked.insert(actor, true);
        Reply::granted(&image::PUBLIC_SETTING_CHANGED)
    }
}
