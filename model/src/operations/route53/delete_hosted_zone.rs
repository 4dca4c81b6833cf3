//! DeleteHostedZone.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::hosted_zone;
use crate::{Account, Name, World, zones};

operation! {
    /// Deletes a hosted zone.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html>
    pub struct DeleteHostedZone {
        /// The hosted zone.
        id: Reference = "Id",
    }
}

impl Operation for DeleteHostedZone {
    const TOPIC: Topic = Topic::HostedZones;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        zones::draw(world, actor, dice).map(|id| Self { id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let refused = &hosted_zone::DELETED_BY_ITS_OWNER_ALONE;
        zones::require_own_zone(world, actor, &self.id, refused, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.id);
        Reply::granted(&hosted_zone::MADE_BY_ITS_OWNER)
    }
}
