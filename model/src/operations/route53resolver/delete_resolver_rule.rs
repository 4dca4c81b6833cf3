//! DeleteResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Deletes a Resolver rule.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverRule.html>
    pub struct DeleteResolverRule {
        /// The Resolver rule.
        resolver_rule_id: Reference = "ResolverRuleId",
    }
}

impl Operation for DeleteResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        resolver_rule::DNS
            .draw(world, actor, dice)
            .map(|resolver_rule_id| Self { resolver_rule_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        resolver_rule::DNS.require_end(world, actor, &self.resolver_rule_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        resolver_rule::DNS.end(world, &self.resolver_rule_id)
    }
}
