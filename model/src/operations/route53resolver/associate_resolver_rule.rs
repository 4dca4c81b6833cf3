//! AssociateResolverRule.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::resolver_rule;
use crate::world::Kind;
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
        let namesake = draw_namesake(world, actor, dice).filter(|_| dice.percent(50));
        let drawn = namesake.or_else(|| resolver_rule::DNS.draw_use(world, actor, dice));
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

/// A Resolver rule that the caller sees, and a VPC of its own that another rule of the same domain is associated
/// with.
fn draw_namesake(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<(Reference, Reference)> {
    let living = || world.resources.iter().filter(|(_, it)| !it.deleted);
    let rules = living().filter(|(name, it)| {
        resolver_rule::DNS.includes(&it.kind) && world.sight(actor, name).is_seen()
    });
    let pairs = rules.flat_map(|(rule, _)| {
        let domain = world.given_names.get(rule);
        living().filter_map(move |(_, it)| {
            let Kind::DnsAssociation { of, vpc, .. } = &it.kind else { return None };
            let same = domain.is_some_and(|domain| world.is_named(of, domain));
            (same && of != rule && it.owner == actor).then_some((rule, vpc))
        })
    });
    let (rule, vpc) = dice.pick_from(pairs)?;
    Some((Reference::Named(rule.clone()), Reference::Named(vpc.clone())))
}
