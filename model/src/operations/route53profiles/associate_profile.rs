//! AssociateProfile.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::profile;
use crate::{Account, Name, World};

operation! {
    /// Associates a Route 53 Profile with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_AssociateProfile.html>
    pub struct AssociateProfile {
        /// The Route 53 Profile.
        profile_id: Reference = "ProfileId",
        /// The VPC.
        resource_id: Reference = "ResourceId",
    }
}

impl Operation for AssociateProfile {
    const TOPIC: Topic = Topic::Profiles;
    const MAKES: &'static str = "association";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = profile::DNS.draw_use(world, actor, dice);
        drawn.map(|(profile_id, resource_id)| Self { profile_id, resource_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, vpc) = (&self.profile_id, &self.resource_id);
        profile::DNS.require_use(world, actor, named, vpc, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let used = (&self.profile_id, &self.resource_id);
        profile::DNS.associate(world, actor, used, made)
    }
}
