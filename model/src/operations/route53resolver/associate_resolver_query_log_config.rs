//! AssociateResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::query_log_config;
use crate::{Account, Name, World};

operation! {
    /// Associates a query log config with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverQueryLogConfig.html>
    pub struct AssociateResolverQueryLogConfig {
        /// The query log config.
        resolver_query_log_config_id: Reference = "ResolverQueryLogConfigId",
        /// The VPC.
        resource_id: Reference = "ResourceId",
    }
}

impl Operation for AssociateResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const MAKES: &'static str = "association";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = query_log_config::DNS.draw_use(world, actor, dice);
        drawn.map(|(resolver_query_log_config_id, resource_id)| Self {
            resolver_query_log_config_id,
            resource_id,
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, vpc) = (&self.resolver_query_log_config_id, &self.resource_id);
        query_log_config::DNS.require_use(world, actor, named, vpc, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let used = (&self.resolver_query_log_config_id, &self.resource_id);
        query_log_config::DNS.associate(world, actor, used, made)
    }
}
