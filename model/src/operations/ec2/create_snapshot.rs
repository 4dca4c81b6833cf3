//! CreateSnapshot.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::rules::snapshot;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a snapshot of an empty volume, which is made for it and deleted after it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html>
    pub struct CreateSnapshot {}
}

impl Operation for CreateSnapshot {
    const TOPIC: Topic = Topic::Images;
    const MAKES: &'static str = "snapshot";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let has_one = world
            .resources
            .values()
            .any(|it| it.owner == actor && !it.deleted && matches!(it.kind, Kind::Snapshot { .. }));
        (!has_one && dice.percent(80)).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::Snapshot { permissions: BTreeSet::new(), former: BTreeSet::new() };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(&snapshot::MADE_BY_ITS_OWNER)
    }
}
