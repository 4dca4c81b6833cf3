//! ResetImageAttribute.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_own_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Takes back all launch permissions of an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResetImageAttribute.html>
    pub struct ResetImageAttribute {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for ResetImageAttribute {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        draw_image(world, actor, dice).map(|image_id| Self { image_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own_image(world, actor, &self.image_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Image { permissions, former, .. }, .. }) = resource {
            former.append(permissions);
        }
        Reply::granted(&image::PERMISSIONS_RESET)
    }
}
