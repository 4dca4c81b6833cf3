//! DescribeSnapshots.

use crate::answer::{Conditions, Decision, EmptyList, Reply};
use crate::compute::{Weights, described, draw_resource, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::operations::ec2::modify_snapshot_attribute::is_snapshot;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::snapshot;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the snapshots that the caller may make volumes of.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html>
    pub struct DescribeSnapshots {
        /// Only these snapshots.
        snapshot_ids: Vec<Reference> = "SnapshotIds",
    }
}

impl Operation for DescribeSnapshots {
    const TOPIC: Topic = Topic::Images;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(is_snapshot);

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 1, seen: 3, near: 3, far: 2 };
        let asked = draw_resource(world, actor, dice, is_snapshot, weights)?;
        Some(Self { snapshot_ids: vec![asked] })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        let unknown = &snapshot::KNOWN_TO_THE_CALLER;
        for asked in &self.snapshot_ids {
            require_seen(world, actor, asked, is_snapshot, unknown, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut rows = described(world, actor, is_snapshot);
        keep_asked(&mut rows, &self.snapshot_ids);
        Reply { because: granted_by(&rows, &self.snapshot_ids), fields: Vec::new(), rows }
    }
}
