//! UpdateResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Renames a Resolver rule.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateResolverRule.html>
    pub struct UpdateResolverRule {
        /// The Resolver rule.
        resolver_rule_id: Reference = "ResolverRuleId",
    }
}

impl Operation for UpdateResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        resolver_rule::DNS
            .draw(world, actor, dice)
            .map(|resolver_rule_id| Self { resolver_rule_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        resolver_rule::DNS.require_own(world, actor, &self.resolver_rule_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, _world: &mut World, _actor: Account, _made: &Name) -> Reply {
        Reply::granted(resolver_rule::DNS.made_by_its_owner)
    }
}
