//! EnableSharingWithAwsOrganization.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::rules::organization;
use crate::{Account, Name, World};

operation! {
    /// Lets RAM share with the caller's organization without invitations.
    ///
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_EnableSharingWithAwsOrganization.html>
    pub struct EnableSharingWithAwsOrganization {}
}

impl Operation for EnableSharingWithAwsOrganization {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 1;
    const TURNS_SHARING: bool = true;

    fn draw(_world: &World, _actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let manages = world.organization_of(actor).is_some_and(|(_, it)| it.management == actor);
        conditions.require(manages, &organization::ENABLED_BY_MANAGEMENT_ALONE);
        let half = world.organization_of(actor).is_some_and(|(_, it)| it.trusted && !it.sharing);
        conditions.require(!half || !manages, &organization::ENABLED_OVER_TRUSTED_ACCESS);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        if let Some(id) = world.organization_of(actor).map(|(id, _)| id.clone()) {
            world.begin_sharing(&id);
        }
        Reply::granted(&organization::SHARING_ENABLED_BY_MANAGEMENT).with(
            "returnValue",
            Expected::Flag(true),
            &organization::SHARING_ENABLED_BY_MANAGEMENT,
        )
    }
}
