//! GetLicenseConfiguration.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::find_with_sight;
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::license_configuration::PLAIN;
use crate::{Account, Name, World};

operation! {
    /// Reads a license configuration.
    ///
    /// <https://docs.aws.amazon.com/license-manager/latest/APIReference/API_GetLicenseConfiguration.html>
    pub struct GetLicenseConfiguration {
        /// The license configuration.
        license_configuration_arn: Reference = "LicenseConfigurationArn",
    }
}

impl Operation for GetLicenseConfiguration {
    const TOPIC: Topic = Topic::LicenseConfigurations;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = PLAIN.draw(world, actor, dice);
        drawn.map(|license_configuration_arn| Self { license_configuration_arn })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require(world, actor, &self.license_configuration_arn, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let granted = Reply::granted(PLAIN.made_by_its_owner);
        let seen = find_with_sight(world, actor, &self.license_configuration_arn);
        let Some((_, resource, sight)) = seen.filter(|(.., sight)| sight.judged) else {
            return granted;
        };
        let owner = Expected::Account(resource.owner);
        if resource.owner == actor {
            granted.with("OwnerAccountId", owner, sight.rule)
        } else {
            Reply::granted(sight.rule).with("OwnerAccountId", owner, sight.rule)
        }
    }
}
