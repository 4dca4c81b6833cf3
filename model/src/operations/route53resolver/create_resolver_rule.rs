//! CreateResolverRule.

use smol_str::SmolStr;

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Tag, operation};
use crate::resources::resolver_rule;
use crate::world::Kind;
use crate::{Account, Name, World, dns, tagging};

operation! {
    /// Makes a Resolver rule.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html>
    pub struct CreateResolverRule {
        /// Its domain; one that nothing else has if it is left out.
        domain_name: SmolStr = "DomainName",
        /// Its tags.
        tags: Vec<Tag> = "Tags",
    }
}

/// The domains that are drawn.
const DOMAINS: &[&str] = &["corp.example.com", "db.corp.example.com"];

impl Operation for CreateResolverRule {
    const TOPIC: Topic = Topic::ResolverRules;
    const MAKES: &'static str = "rule";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let is_rule = |kind: &Kind| resolver_rule::DNS.includes(kind);
        resolver_rule::DNS.draw_new(world, actor).then(|| Self {
            domain_name: dns::draw_domain(world, dice, DOMAINS, is_rule),
            tags: tagging::draw_first(dice),
        })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        world.give_name(made, dns::domain(&self.domain_name));
        tagging::put_first(world, made, &self.tags);
        resolver_rule::DNS.make(world, actor, made)
    }
}
