//! GetFirewallRuleGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::firewall_rule_group;
use crate::{Account, Name, World};

operation! {
    /// Reads a DNS Firewall rule group.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_GetFirewallRuleGroup.html>
    pub struct GetFirewallRuleGroup {
        /// The DNS Firewall rule group.
        firewall_rule_group_id: Reference = "FirewallRuleGroupId",
    }
}

impl Operation for GetFirewallRuleGroup {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const WRITES: bool = false;
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        firewall_rule_group::DNS
            .draw(world, actor, dice)
            .map(|firewall_rule_group_id| Self { firewall_rule_group_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        firewall_rule_group::DNS.require(
            world,
            actor,
            &self.firewall_rule_group_id,
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        firewall_rule_group::DNS.get(world, actor, &self.firewall_rule_group_id)
    }
}
