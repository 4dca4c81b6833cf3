//! CreateResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::resolver_rule;
use crate::{Account, Name, World};

operation! {
    /// Makes a Resolver rule.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html>
    pub struct CreateResolverRule {}
}

impl Operation for CreateResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const MAKES: &'static str = "rule";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        resolver_rule::DNS.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        resolver_rule::DNS.make(world, actor, made)
    }
}
