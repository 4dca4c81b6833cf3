//! ListProfiles.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::profile;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the Route 53 Profiles that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_ListProfiles.html>
    pub struct ListProfiles {}
}

impl Operation for ListProfiles {
    const TOPIC: Topic = Topic::Profiles;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| profile::DNS.includes(kind));

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        profile::DNS.list(world, actor)
    }
}
