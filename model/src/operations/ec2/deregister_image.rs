//! DeregisterImage.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_available_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Deregisters an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html>
    pub struct DeregisterImage {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for DeregisterImage {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_image(world, actor, dice).map(|image_id| Self { image_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_available_image(world, actor, &self.image_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.image_id);
        Reply::granted(&image::MADE_BY_ITS_OWNER)
    }
}
