//! GetProfile.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::profile;
use crate::{Account, Name, World};

operation! {
    /// Reads a Route 53 Profile.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_GetProfile.html>
    pub struct GetProfile {
        /// The Route 53 Profile.
        profile_id: Reference = "ProfileId",
    }
}

impl Operation for GetProfile {
    const TOPIC: Topic = Topic::Profiles;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        profile::DNS.draw(world, actor, dice).map(|profile_id| Self { profile_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        profile::DNS.require(world, actor, &self.profile_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        profile::DNS.get(world, actor, &self.profile_id)
    }
}
