//! GetImageBlockPublicAccessState.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::{image, read};
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Reads whether the caller's images are kept from being made public.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html>
    pub struct GetImageBlockPublicAccessState {}
}

impl Operation for GetImageBlockPublicAccessState {
    const TOPIC: Topic = Topic::Images;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(30).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let state: &[&str] = match world.public_images_blocked.get(&actor) {
            Some(true) => &["block-new-sharing"],
            Some(false) => &["unblocked"],
            // As the account began: real ones differ by their age.
            None => return Reply::granted(&read::GRANTED),
        };
        let rule = &image::PUBLIC_SETTING_CHANGED;
        Reply::granted(rule).with("ImageBlockPublicAccessState", Expected::OneOf(state), rule)
    }
}
