//! EnableImageDeprecation.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_available_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Says from when on an image is deprecated: listed to its owner alone.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageDeprecation.html>
    pub struct EnableImageDeprecation {
        /// The image.
        image_id: Reference = "ImageId",
        /// The time; in most of a year if it is left out, and `past` for a time that is over.
        deprecate_at: SmolStr = "DeprecateAt",
    }
}

impl Operation for EnableImageDeprecation {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let past = dice.percent(15);
        let deprecate_at = SmolStr::new_static(if past { "past" } else { "" });
        draw_image(world, actor, dice).map(|image_id| Self { image_id, deprecate_at })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_available_image(world, actor, &self.image_id, &mut conditions);
        conditions.require(self.deprecate_at != "past", &image::DEPRECATED_IN_THE_FUTURE);
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        Reply::granted(&image::LISTED_UNTIL_DEPRECATED)
    }
}
