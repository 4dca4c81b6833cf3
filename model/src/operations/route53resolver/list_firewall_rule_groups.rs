//! ListFirewallRuleGroups.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::operation;
use crate::resources::firewall_rule_group;
use crate::world::Kind;
use crate::{Account, Name, World};

operation! {
    /// Lists the DNS Firewall rule groups that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_ListFirewallRuleGroups.html>
    pub struct ListFirewallRuleGroups {}
}

impl Operation for ListFirewallRuleGroups {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| firewall_rule_group::DNS.includes(kind));

    fn draw(_world: &World, _actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        dice.percent(20).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        firewall_rule_group::DNS.list(world, actor)
    }
}
