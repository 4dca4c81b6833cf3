//! DisassociateResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::query_log_config;
use crate::{Account, Name, World};

operation! {
    /// Takes away the association of a query log config with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverQueryLogConfig.html>
    pub struct DisassociateResolverQueryLogConfig {
        /// The query log config.
        resolver_query_log_config_id: Reference = "ResolverQueryLogConfigId",
        /// The VPC.
        resource_id: Reference = "ResourceId",
    }
}

impl Operation for DisassociateResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = query_log_config::DNS.draw_used(world, actor, dice);
        drawn.map(|(resolver_query_log_config_id, resource_id)| Self {
            resolver_query_log_config_id,
            resource_id,
        })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let used = (&self.resolver_query_log_config_id, &self.resource_id);
        query_log_config::DNS.require_used(world, actor, used, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let used = (&self.resolver_query_log_config_id, &self.resource_id);
        query_log_config::DNS.disassociate(world, actor, used)
    }
}
