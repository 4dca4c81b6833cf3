//! PassTime: no call of AWS, but what a scenario does about time.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::time;
use crate::time::HOUR;
use crate::world::{Kind, Resource, Seconds};
use crate::{Account, Name, World};

operation! {
    /// Lets time pass for all accounts of the scenario; whose step it is makes no difference.
    ///
    /// Only a target that has a clock to move takes it.
    pub struct PassTime {
        /// The number of hours.
        hours: u32 = "hours",
    }
}

/// Amounts of time after which deleted shares and invitations are surely there, or surely gone.
const TELLING: [(u32, usize); 4] = [(1, 4), (3, 3), (13, 3), (8 * 24, 3)];

impl PassTime {
    /// Returns the time in seconds.
    #[must_use]
    pub fn seconds(&self) -> Seconds {
        Seconds::from(self.hours) * HOUR
    }
}

impl Operation for PassTime {
    const TOPIC: Topic = Topic::Time;
    const PASSES_TIME: bool = true;
    const WEIGHT: usize = 1;

    fn draw(world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let dated = |it: &Resource| matches!(it.kind, Kind::Image { deprecation: Some(_), .. });
        let waits = world.resources.values().any(dated);
        if world.shares.is_empty() && world.permissions.is_empty() && !waits {
            return None;
        }
        let hours = dice.pick_weighted(TELLING.into_iter())?;
        Some(Self { hours })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.pass(self.seconds(), &world.clocked());
        Reply::granted(&time::PASSED_FOR_EVERYBODY)
    }
}
