//! TerminateInstances.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::instance;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Ends an instance.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html>
    pub struct TerminateInstances {
        /// The instance.
        instance_id: Reference = "InstanceIds",
    }
}

impl Operation for TerminateInstances {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 3, near: 1, far: 1 };
        draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Instance { .. }), weights)
            .map(|instance_id| Self { instance_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &instance::KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::Instance { .. });
        let seen = require_seen(world, actor, &self.instance_id, of_kind, unknown, &mut conditions);
        if let Some((_, resource)) = seen {
            conditions.require(resource.owner == actor, &instance::KNOWN_TO_THE_CALLER);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.instance_id);
        Reply::granted(&instance::ENDED_BY_ITS_OWNER)
    }
}
