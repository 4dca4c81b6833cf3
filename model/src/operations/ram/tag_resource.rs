//! TagResource.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::ram::CreateResourceShare;
use crate::operations::ram::associate_resource_share::draw_share;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, Tag, operation};
use crate::permissions::draw_permission;
use crate::rules::tag;
use crate::tagging;
use crate::{Account, Name, World};

operation! {
    /// Tags a resource share or a managed permission.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_TagResource.html>
    pub struct TagResource {
        /// The share.
        resource_share_arn: Option<Reference> = "resourceShareArn",
        /// The managed permission.
        resource_arn: Option<Reference> = "resourceArn",
        /// The tags to set.
        tags: Vec<Tag> = "tags",
    }
}

impl Operation for TagResource {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if dice.percent(25)
            && let Some(permission) = draw_permission(world, actor, dice)
        {
            let tags = tagging::draw(dice);
            let call = Self { resource_arn: Some(permission), tags, ..Self::default() };
            return (!call.tags.is_empty()).then_some(call);
        }
        let share = draw_share(world, actor, dice)?;
        let both = dice.percent(4);
        let call = Self {
            resource_arn: both.then(|| share.clone()),
            resource_share_arn: (!dice.percent(2)).then_some(share),
            tags: tagging::draw(dice),
        };
        (!call.tags.is_empty()).then_some(call)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let named = (self.resource_share_arn.as_ref(), self.resource_arn.as_ref());
        let tags = tagging::require_taggable(world, actor, named, &mut conditions);
        let held = tags.into_iter().flat_map(|tags| tags.keys());
        tagging::require_allowed(&self.tags, held, world.limits().tags, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let named = (self.resource_share_arn.as_ref(), self.resource_arn.as_ref());
        if let Some(tags) = tagging::tags_of(world, named) {
            tags.extend(tagging::kept(&self.tags));
        }
        Reply::granted(if self.resource_share_arn.is_some() {
            &tag::PUT_BY_THE_OWNER
        } else {
            &tag::PUT_ON_PERMISSIONS
        })
    }

    fn merged_into(&self, create: &CreateResourceShare) -> Option<CreateResourceShare> {
        let mut create = create.clone();
        create.tags.extend(self.tags.iter().cloned());
        Some(create)
    }
}
