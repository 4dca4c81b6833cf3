//! AssociateResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Associates a Resolver rule with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateResolverRule.html>
    pub struct AssociateResolverRule {
        /// The Resolver rule.
        resolver_rule_id: Reference = "ResolverRuleId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for AssociateResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const MAKES: &'static str = "association";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = resolver_rule::DNS.draw_use(world, actor, dice);
        drawn.map(|(resolver_rule_id, vpc_id)| Self { resolver_rule_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, vpc) = (&self.resolver_rule_id, &self.vpc_id);
        resolver_rule::DNS.require_use(world, actor, named, vpc, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let used = (&self.resolver_rule_id, &self.vpc_id);
        resolver_rule::DNS.associate(world, actor, used, made)
    }
}
