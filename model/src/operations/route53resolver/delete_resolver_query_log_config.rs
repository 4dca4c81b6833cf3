//! DeleteResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::query_log_config;
use crate::{Account, Name, World};

operation! {
    /// Deletes a query log config.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html>
    pub struct DeleteResolverQueryLogConfig {
        /// The query log config.
        resolver_query_log_config_id: Reference = "ResolverQueryLogConfigId",
    }
}

impl Operation for DeleteResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        query_log_config::DNS
            .draw(world, actor, dice)
            .map(|resolver_query_log_config_id| Self { resolver_query_log_config_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        query_log_config::DNS.require_end(
            world,
            actor,
            &self.resolver_query_log_config_id,
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        query_log_config::DNS.end(world, &self.resolver_query_log_config_id)
    }
}
