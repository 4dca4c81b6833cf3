//! DisassociateResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Takes away the association of a Resolver rule with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverRule.html>
    pub struct DisassociateResolverRule {
        /// The Resolver rule.
        resolver_rule_id: Reference = "ResolverRuleId",
        /// The VPC.
        vpc_id: Reference = "VPCId",
    }
}

impl Operation for DisassociateResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = resolver_rule::DNS.draw_used(world, actor, dice);
        drawn.map(|(resolver_rule_id, vpc_id)| Self { resolver_rule_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let used = (&self.resolver_rule_id, &self.vpc_id);
        resolver_rule::DNS.require_used(world, actor, used, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let used = (&self.resolver_rule_id, &self.vpc_id);
        resolver_rule::DNS.disassociate(world, actor, used)
    }
}
