//! ListLicenseConfigurations.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::license_configuration::PLAIN;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the license configurations that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/license-manager/latest/APIReference/API_ListLicenseConfigurations.html>
    pub struct ListLicenseConfigurations {}
}

impl Operation for ListLicenseConfigurations {
    const TOPIC: Topic = Topic::LicenseConfigurations;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| PLAIN.includes(kind));

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut reply = PLAIN.list(world, actor, &[]);
        for field in reply.rows.iter_mut().flat_map(|row| &mut row.fields) {
            field.name = "OwnerAccountId";
        }
        reply
    }
}
