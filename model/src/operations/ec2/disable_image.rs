//! DisableImage.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_available_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Disables an image: it is listed no more, and nobody else may launch it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImage.html>
    pub struct DisableImage {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for DisableImage {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_image(world, actor, dice).map(|image_id| Self { image_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_available_image(world, actor, &self.image_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Image { permissions, former, disabled, .. }, .. }) =
            resource
        {
            former.append(permissions);
            *disabled = true;
        }
        Reply::granted(&image::DISABLED_BY_ITS_OWNER)
    }
}
