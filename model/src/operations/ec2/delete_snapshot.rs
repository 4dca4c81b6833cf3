//! DeleteSnapshot.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource};
use crate::dice::Dice;
use crate::operations::ec2::modify_snapshot_attribute::{is_snapshot, require_own_snapshot};
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::snapshot;
use crate::world::{Kind, Resource, Storage, World};
use crate::{Account, Name};

operation! {
    /// Deletes a snapshot.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html>
    pub struct DeleteSnapshot {
        /// The snapshot.
        snapshot_id: Reference = "SnapshotId",
    }
}

impl Operation for DeleteSnapshot {
    const TOPIC: Topic = Topic::Images;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 3, near: 1, far: 1 };
        let snapshot_id = draw_resource(world, actor, dice, is_snapshot, weights)?;
        Some(Self { snapshot_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let own = require_own_snapshot(world, actor, &self.snapshot_id, &mut conditions);
        let used_by = |resource: &&Resource| {
            let Kind::Image { storage: Storage::Snapshot(of), .. } = &resource.kind else {
                return false;
            };
            !resource.deleted && own == Some(of)
        };
        let images = || world.resources.values().filter(used_by);
        let by_its_owner = images().any(|image| image.owner == actor);
        let by_others = images().any(|image| image.owner != actor);
        conditions.require(!by_its_owner, &snapshot::KEPT_WHILE_REGISTERED);
        conditions.require(by_its_owner || !by_others, &snapshot::REGISTERED_BY_A_CONSUMER);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.snapshot_id);
        Reply::granted(&snapshot::MADE_BY_ITS_OWNER)
    }
}
