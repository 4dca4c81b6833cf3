//! DeleteProfile.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::profile;
use crate::{Account, Name, World};

operation! {
    /// Deletes a Route 53 Profile.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DeleteProfile.html>
    pub struct DeleteProfile {
        /// The Route 53 Profile.
        profile_id: Reference = "ProfileId",
    }
}

impl Operation for DeleteProfile {
    const TOPIC: Topic = Topic::Profiles;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        profile::DNS.draw(world, actor, dice).map(|profile_id| Self { profile_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        profile::DNS.require_end(world, actor, &self.profile_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        profile::DNS.end(world, &self.profile_id)
    }
}
