//! UntagResource.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::permissions::draw_permission;
use crate::rules::tag;
use crate::tagging;
use crate::{Account, Name, World};

operation! {
    /// Removes tags from a resource share or a managed permission.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_UntagResource.html>
    pub struct UntagResource {
        /// The share.
        resource_share_arn: Option<Reference> = "resourceShareArn",
        /// The managed permission.
        resource_arn: Option<Reference> = "resourceArn",
        /// The keys of the tags to remove.
        tag_keys: Vec<SmolStr> = "tagKeys",
    }
}

impl Operation for UntagResource {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if dice.percent(25)
            && let Some(permission) = draw_permission(world, actor, dice)
        {
            let tag_keys = dice.some_of(tagging::KEYS.into_iter().map(SmolStr::new_static), 2);
            return Some(Self { resource_arn: Some(permission), tag_keys, ..Self::default() });
        }
        let share = draw_share(world, actor, dice)?;
        let both = dice.percent(4);
        Some(Self {
            resource_arn: both.then(|| share.clone()),
            resource_share_arn: (!dice.percent(2)).then_some(share),
            tag_keys: dice.some_of(tagging::KEYS.into_iter().map(SmolStr::new_static), 2),
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = (self.resource_share_arn.as_ref(), self.resource_arn.as_ref());
        tagging::require_taggable(world, actor, named, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let mut because = &tag::ABSENT_KEY_TAKEN;
        let named = (self.resource_share_arn.as_ref(), self.resource_arn.as_ref());
        let of_a_share = self.resource_share_arn.is_some();
        if let Some(tags) = tagging::tags_of(world, named) {
            for key in &self.tag_keys {
                if tags.remove(key).is_some() {
                    because = if of_a_share {
                        &tag::TAKEN_BY_THE_OWNER
                    } else {
                        &tag::PUT_ON_PERMISSIONS
                    };
                }
            }
        }
        Reply::granted(because)
    }
}
