//! ListResolverRules.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::resolver_rule;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the Resolver rules that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverRules.html>
    pub struct ListResolverRules {}
}

impl Operation for ListResolverRules {
    const TOPIC: Topic = Topic::ResolverRules;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| resolver_rule::DNS.includes(kind));

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        resolver_rule::DNS.list(world, actor)
    }
}
