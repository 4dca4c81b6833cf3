//! GetResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Reads a Resolver rule.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetResolverRule.html>
    pub struct GetResolverRule {
        /// The Resolver rule.
        resolver_rule_id: Reference = "ResolverRuleId",
    }
}

impl Operation for GetResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        resolver_rule::DNS
            .draw(world, actor, dice)
            .map(|resolver_rule_id| Self { resolver_rule_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        resolver_rule::DNS.require(world, actor, &self.resolver_rule_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        resolver_rule::DNS.get(world, actor, &self.resolver_rule_id)
    }
}
