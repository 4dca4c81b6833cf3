//! CreateResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::query_log_config;
use crate::{Account, Name, World};

operation! {
    /// Makes a query log config.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverQueryLogConfig.html>
    pub struct CreateResolverQueryLogConfig {}
}

impl Operation for CreateResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const MAKES: &'static str = "logging";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        query_log_config::DNS.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        query_log_config::DNS.make(world, actor, made)
    }
}
