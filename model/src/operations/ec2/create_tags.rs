//! CreateTags.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, Tag, operation};
use crate::resources::ipam_pool;
use crate::rules::label;
use crate::tagging;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Tags a resource of EC2.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>
    pub struct CreateTags {
        /// The resource.
        resource: Reference = "Resources",
        /// The tags.
        tags: Vec<Tag> = "Tags",
    }
}

impl Operation for CreateTags {
    const TOPIC: Topic = Topic::Tags;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 6, near: 1, far: 1 };
        let resource = draw_resource(world, actor, dice, is_taggable, weights)?;
        let key = tagging::KEYS[dice.below(tagging::KEYS.len())];
        let value = ["blue", "red"][dice.below(2)];
        Some(Self { resource, tags: vec![Tag { key: key.into(), value: Some(value.into()) }] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &label::ON_WHAT_IS_SEEN;
        let named = &self.resource;
        if let Some((_, resource)) =
            require_seen(world, actor, named, |_| true, unknown, &mut conditions)
        {
            let known =
                resource.owner == actor || matches!(resource.kind, Kind::Vpc | Kind::Subnet { .. });
            conditions.require(known, &label::PUT_ON_OTHER_SHARED_THINGS);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        if let Some(name) = self.resource.name() {
            let labels = world.labels.entry((name.clone(), actor)).or_default();
            labels.extend(tagging::kept(&self.tags));
        }
        Reply::granted(&label::PUT_BY_WHO_SEES)
    }
}

/// Whether drawn calls tag resources of this kind: those of which sources tell what others see.
pub(crate) fn is_taggable(kind: &Kind) -> bool {
    let is_plain = ipam_pool::PLAIN.includes(kind);
    is_plain
        || matches!(
            kind,
            Kind::Vpc
                | Kind::Subnet { .. }
                | Kind::Image { .. }
                | Kind::PrefixList { .. }
                | Kind::TransitGateway { .. }
        )
}
