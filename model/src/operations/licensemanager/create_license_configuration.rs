//! CreateLicenseConfiguration.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::license_configuration::PLAIN;
use crate::{Account, Name, World};

operation! {
    /// Makes a license configuration.
    ///
    /// <https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateLicenseConfiguration.html>
    pub struct CreateLicenseConfiguration {}
}

impl Operation for CreateLicenseConfiguration {
    const TOPIC: Topic = Topic::LicenseConfigurations;
    const MAKES: &'static str = "license";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        PLAIN.make(world, actor, made)
    }
}
