//! RegisterImage.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_ownership};
use crate::dice::Dice;
use crate::operations::ec2::modify_snapshot_attribute::is_snapshot;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{image, snapshot};
use crate::world::{Kind, Resource, Storage, World};
use crate::{Account, Name};

operation! {
    /// Registers an image.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html>
    pub struct RegisterImage {
        /// The snapshot of its root device; without one, what the target takes for it.
        snapshot_id: Option<Reference> = "BlockDeviceMappings.Ebs.SnapshotId",
    }
}

impl Operation for RegisterImage {
    const TOPIC: Topic = Topic::Images;
    const MAKES: &'static str = "image";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 3;
    const MAKES_LAUNCHABLE: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world
            .resources
            .values()
            .filter(|it| it.owner == actor && !it.deleted && matches!(it.kind, Kind::Image { .. }));
        if own.count() >= 2 || !dice.percent(80) {
            return None;
        }
        let has_snapshots = world.resources.values().any(|it| is_snapshot(&it.kind));
        let snapshot_id = if has_snapshots && dice.percent(80) {
            let weights = Weights { own: 12, seen: 2, near: 1, far: 1 };
            draw_resource(world, actor, dice, is_snapshot, weights)
        } else {
            None
        };
        Some(Self { snapshot_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(named) = &self.snapshot_id {
            let unknown = &snapshot::KNOWN_TO_THE_CALLER;
            require_ownership(
                world,
                actor,
                named,
                is_snapshot,
                [unknown, &snapshot::REGISTERED_BY_A_CONSUMER],
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let snapshot = self.snapshot_id.as_ref().and_then(Reference::name);
        let kind = Kind::Image {
            permissions: BTreeSet::new(),
            former: BTreeSet::new(),
            disabled: false,
            deprecation: None,
            storage: snapshot.cloned().map_or(Storage::Unnamed, Storage::Snapshot),
        };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&image::MADE_BY_ITS_OWNER)
    }

    fn variant(&self) -> Option<&'static str> {
        self.snapshot_id.is_some().then_some("BlockDeviceMappings")
    }
}
