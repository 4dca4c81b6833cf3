//! TerminateInstances.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::require_seen;
use crate::dice::Dice;
use crate::operations::Operation;
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
    const WEIGHT: usize = 3;
    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let odd = dice.percent(20);
        let things = world.things.iter().filter(|(name, it)| {
            matches!(it.kind, Kind::Instance { .. }) && !it.deleted && (it.owner == actor) != odd && !name.as_str().contains('.')
        });
        let named = dice.pick_from(things.map(|(name, _)| Reference::Named(name.clone())))?;
        Some(Self { instance_id: named })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &instance::KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::Instance { .. });
        let seen = require_seen(world, actor, &self.instance_id, of_kind, unknown, &mut conditions);
        if let Some((_, thing)) = seen {
            conditions.require(thing.owner == actor, &instance::KNOWN_TO_THE_CALLER);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let Some(thing) = self.instance_id.name().and_then(|name| world.things.get_mut(name)) {
            thing.deleted = true;
        }
        Reply::granted(&instance::ENDED_BY_ITS_OWNER)
    }
}
