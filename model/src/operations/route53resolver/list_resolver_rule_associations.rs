//! ListResolverRuleAssociations.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::resolver_rule;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the associations of Resolver rules with VPCs that the caller made.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverRuleAssociations.html>
    pub struct ListResolverRuleAssociations {}
}

impl Operation for ListResolverRuleAssociations {
    const TOPIC: Topic = Topic::ResolverRules;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(
        |kind| matches!(kind, Kind::DnsAssociation { dns, .. } if **dns == resolver_rule::DNS),
    );

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        resolver_rule::DNS.list_associations(world, actor)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        let held = world.resources.values().any(|it| resolver_rule::DNS.includes(&it.kind));
        if held { vec![Self {}] } else { Vec::new() }
    }
}
