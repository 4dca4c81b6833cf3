//! DescribeImageAttribute.

use crate::answer::{Conditions, Decision, Key, Reply, Row};
use crate::dice::Dice;
use crate::operations::ec2::modify_image_attribute::{draw_image, require_own_image};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::image;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the launch permissions of an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageAttribute.html>
    pub struct DescribeImageAttribute {
        /// The image.
        image_id: Reference = "ImageId",
    }
}

impl Operation for DescribeImageAttribute {
    const TOPIC: Topic = Topic::Images;
    const WRITES: bool = false;
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
        let rule = &image::PERMISSIONS_LISTED_TO_ITS_OWNER;
        let mut reply = Reply::granted(rule);
        let resource = self.image_id.name().and_then(|name| world.resources.get(name));
        if let Some(Kind::Image { permissions, former, .. }) =
            resource.map(|resource| &resource.kind)
        {
            let expected =
                permissions.iter().map(|it| Row::expected(Key::Permission(it.clone()), rule));
            let ended = former.iter().map(|it| Row::forbidden(Key::Permission(it.clone()), rule));
            reply.rows = expected.chain(ended).collect();
        }
        reply
    }
}
