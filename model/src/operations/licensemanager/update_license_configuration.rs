//! UpdateLicenseConfiguration.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::license_configuration::PLAIN;
use crate::{Account, Name, World};

operation! {
    /// Renames a license configuration.
    ///
    /// <https://docs.aws.amazon.com/license-manager/latest/APIReference/API_UpdateLicenseConfiguration.html>
    pub struct UpdateLicenseConfiguration {
        /// The license configuration.
        license_configuration_arn: Reference = "LicenseConfigurationArn",
    }
}

impl Operation for UpdateLicenseConfiguration {
    const TOPIC: Topic = Topic::LicenseConfigurations;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = PLAIN.draw(world, actor, dice);
        drawn.map(|license_configuration_arn| Self { license_configuration_arn })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_own(world, actor, &self.license_configuration_arn, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        Reply::granted(PLAIN.made_by_its_owner)
    }
}
