//! DeleteLicenseConfiguration.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::license_configuration::PLAIN;
use crate::{Account, Name, World};

operation! {
    /// Deletes a license configuration.
    ///
    /// <https://docs.aws.amazon.com/license-manager/latest/APIReference/API_DeleteLicenseConfiguration.html>
    pub struct DeleteLicenseConfiguration {
        /// The license configuration.
        license_configuration_arn: Reference = "LicenseConfigurationArn",
    }
}

impl Operation for DeleteLicenseConfiguration {
    const TOPIC: Topic = Topic::LicenseConfigurations;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = PLAIN.draw(world, actor, dice);
        drawn.map(|license_configuration_arn| Self { license_configuration_arn })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.license_configuration_arn, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.license_configuration_arn)
    }
}
