//! DeleteFirewallRuleGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::firewall_rule_group;
use crate::{Account, Name, World};

operation! {
    /// Deletes a DNS Firewall rule group.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteFirewallRuleGroup.html>
    pub struct DeleteFirewallRuleGroup {
        /// The DNS Firewall rule group.
        firewall_rule_group_id: Reference = "FirewallRuleGroupId",
    }
}

impl Operation for DeleteFirewallRuleGroup {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        firewall_rule_group::DNS
            .draw(world, actor, dice)
            .map(|firewall_rule_group_id| Self { firewall_rule_group_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        firewall_rule_group::DNS.require_end(
            world,
            actor,
            &self.firewall_rule_group_id,
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        firewall_rule_group::DNS.end(world, &self.firewall_rule_group_id)
    }
}
