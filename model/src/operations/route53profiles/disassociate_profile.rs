//! DisassociateProfile.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::profile;
use crate::{Account, Name, World};

operation! {
    /// Takes away the association of a Route 53 Profile with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_DisassociateProfile.html>
    pub struct DisassociateProfile {
        /// The Route 53 Profile.
        profile_id: Reference = "ProfileId",
        /// The VPC.
        resource_id: Reference = "ResourceId",
    }
}

impl Operation for DisassociateProfile {
    const TOPIC: Topic = Topic::Profiles;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = profile::DNS.draw_used(world, actor, dice);
        drawn.map(|(profile_id, resource_id)| Self { profile_id, resource_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let used = (&self.profile_id, &self.resource_id);
        profile::DNS.require_used(world, actor, used, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let used = (&self.profile_id, &self.resource_id);
        profile::DNS.disassociate(world, actor, used)
    }
}
