//! EnableImage.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, is_disabled, require_own_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Enables an image that was disabled.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImage.html>
    pub struct EnableImage {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for EnableImage {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let disabled = world.resources.iter().filter(|(_, it)| {
            let is = matches!(it.kind, Kind::Image { disabled: true, .. });
            is && it.owner == actor && !it.deleted
        });
        let disabled = disabled.map(|(name, _)| Self { image_id: Reference::Named(name.clone()) });
        dice.pick_from(disabled).or_else(|| {
            let any = if dice.percent(10) { draw_image(world, actor, dice) } else { None };
            any.map(|image_id| Self { image_id })
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        require_own_image(world, actor, &self.image_id, &mut conditions);
        let is = is_disabled(world, &self.image_id);
        conditions.require(is, &image::ENABLED_WHILE_AVAILABLE);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Image { disabled, .. }, .. }) = resource {
            *disabled = false;
        }
        Reply::granted(&image::ENABLED_AGAIN)
    }
}
