//! CreateResolverQueryLogConfig.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Tag, operation};
use crate::resources::query_log_config;
use crate::{Account, Name, World, tagging};

operation! {
    /// Makes a query log config.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverQueryLogConfig.html>
    pub struct CreateResolverQueryLogConfig {
        /// Its tags.
        tags: Vec<Tag> = "Tags",
    }
}

impl Operation for CreateResolverQueryLogConfig {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const MAKES: &'static str = "logging";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let draws = query_log_config::DNS.draw_new(world, actor);
        draws.then(|| Self { tags: tagging::draw_first(dice) })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        tagging::put_first(world, made, &self.tags);
        query_log_config::DNS.make(world, actor, made)
    }
}
