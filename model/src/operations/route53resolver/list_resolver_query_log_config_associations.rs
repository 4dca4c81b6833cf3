//! ListResolverQueryLogConfigAssociations.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::query_log_config;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the associations of query log configs with VPCs that the caller made.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListResolverQueryLogConfigAssociations.html>
    pub struct ListResolverQueryLogConfigAssociations {}
}

impl Operation for ListResolverQueryLogConfigAssociations {
    const TOPIC: Topic = Topic::QueryLogConfigs;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(
        |kind| matches!(kind, Kind::DnsAssociation { dns, .. } if **dns == query_log_config::DNS),
    );

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        query_log_config::DNS.list_associations(world, actor)
    }

    fn view_reads(world: &World, _account: Account) -> Vec<Self> {
        let held = world.resources.values().any(|it| query_log_config::DNS.includes(&it.kind));
        if held { vec![Self {}] } else { Vec::new() }
    }
}
