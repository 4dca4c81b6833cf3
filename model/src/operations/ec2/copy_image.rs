//! CopyImage.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, find_with_sight};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{image, snapshot};
use crate::world::{Kind, Resource, Storage, World};
use crate::{Account, Name};

operation! {
    /// Copies an image inside of the Region, under another name.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html>
    pub struct CopyImage {
        /// The image to copy.
        source_image_id: Reference = "SourceImageId",
    }
}

impl Operation for CopyImage {
    const TOPIC: Topic = Topic::Images;
    const MAKES: &'static str = "copy";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 4;
    const MAKES_LAUNCHABLE: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let has_copied = world.resources.values().any(|it| {
            let is_copy = matches!(it.kind, Kind::Image { storage: Storage::Copied, .. });
            it.owner == actor && !it.deleted && is_copy
        });
        if has_copied {
            return None;
        }
        let weights = Weights { own: 2, seen: 8, near: 2, far: 1 };
        let is_image = |kind: &Kind| matches!(kind, Kind::Image { .. });
        let source_image_id = draw_resource(world, actor, dice, is_image, weights)?;
        Some(Self { source_image_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let found = find_with_sight(world, actor, &self.source_image_id);
        let Some((_, source, sight)) = found.filter(|(_, source, _)| !source.deleted) else {
            conditions.require(false, &image::COPIED_WHERE_SHARED);
            return conditions.decide();
        };
        let Kind::Image { storage, disabled, .. } = &source.kind else {
            conditions.require(false, &image::COPIED_WHERE_SHARED);
            return conditions.decide();
        };
        let own = source.owner == actor;
        conditions.require(!own || !disabled, &image::HANDLED_WHILE_DISABLED);
        let is_shared = own || sight.is_seen();
        conditions.require(own || sight.judged, sight.rule);
        conditions.require(is_shared || !sight.judged, &image::COPIED_WHERE_SHARED);
        match storage {
            Storage::Snapshot(of) => {
                let of_the_owner =
                    world.resources.get(of).is_some_and(|it| it.owner == source.owner);
                conditions.require(of_the_owner, &snapshot::REGISTERED_BY_A_CONSUMER);
                let readable = own || world.sight(actor, of).is_seen();
                let decided = readable || !of_the_owner || !is_shared;
                conditions.require(decided, &image::COPIED_WITH_ITS_STORAGE_SHARED);
            }
            Storage::Copied => {
                conditions.require(own || !is_shared, &image::COPIED_WITH_ITS_STORAGE_SHARED);
            }
            Storage::Unnamed => {
                conditions.require(own || !is_shared, &image::COPIED_WITHOUT_A_SNAPSHOT);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::Image {
            permissions: BTreeSet::new(),
            former: BTreeSet::new(),
            disabled: false,
            deprecation: None,
            storage: Storage::Copied,
        };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&image::COPIED_WITH_ITS_STORAGE)
    }
}
