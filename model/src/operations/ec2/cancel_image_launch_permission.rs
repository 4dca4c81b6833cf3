//! CancelImageLaunchPermission.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, find_with_sight};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::is_disabled;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, LaunchPermission, Resource, World};
use crate::{Account, Name};

operation! {
    /// Gives up the caller's own launch permission of an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelImageLaunchPermission.html>
    pub struct CancelImageLaunchPermission {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for CancelImageLaunchPermission {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 0, seen: 6, near: 2, far: 1 };
        let is_image = |kind: &Kind| matches!(kind, Kind::Image { .. });
        draw_resource(world, actor, dice, is_image, weights).map(|image_id| Self { image_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let found = find_with_sight(world, actor, &self.image_id);
        if let Some((_, Resource { owner, deleted, kind: Kind::Image { permissions, .. } }, _)) =
            found
        {
            conditions.require_living(!deleted, &image::UNKNOWN_IMAGE_REFUSED);
            let named = permissions.contains(&LaunchPermission::Account(actor));
            let own = *owner == actor;
            let disabled = is_disabled(world, &self.image_id);
            conditions.require(!own && !disabled, &image::GIVEN_UP_BY_ITS_OWNER);
            let permitted = named || own || disabled || *deleted;
            conditions.require(permitted, &image::GIVEN_UP_WHERE_NAMED);
        } else {
            conditions.require(false, &image::UNKNOWN_IMAGE_REFUSED);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let resource = self.image_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::Image { permissions, former, .. }, .. }) = resource {
            let own = LaunchPermission::Account(actor);
            if permissions.remove(&own) {
                former.insert(own);
            }
        }
        Reply::granted(&image::GIVEN_UP_BY_THE_CONSUMER)
    }
}
