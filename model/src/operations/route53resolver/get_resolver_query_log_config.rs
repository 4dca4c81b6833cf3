//! GetResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::query_log_config;
use crate::{Account, Name, World};

operation! {
    /// Reads a query log config.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetResolverQueryLogConfig.html>
    pub struct GetResolverQueryLogConfig {
        /// The query log config.
        resolver_query_log_config_id: Reference = "ResolverQueryLogConfigId",
    }
}

impl Operation for GetResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        query_log_config::DNS
            .draw(world, actor, dice)
            .map(|resolver_query_log_config_id| Self { resolver_query_log_config_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        query_log_config::DNS.require(
            world,
            actor,
            &self.resolver_query_log_config_id,
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        query_log_config::DNS.get(world, actor, &self.resolver_query_log_config_id)
    }
}
