//! AssociateFirewallRuleGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::firewall_rule_group;
use crate::{Account, Name, World};

operation! {
    /// Associates a DNS Firewall rule group with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html>
    pub struct AssociateFirewallRuleGroup {
        /// The DNS Firewall rule group.
        firewall_rule_group_id: Reference = "FirewallRuleGroupId",
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for AssociateFirewallRuleGroup {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const MAKES: &'static str = "association";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = firewall_rule_group::DNS.draw_use(world, actor, dice);
        drawn.map(|(firewall_rule_group_id, vpc_id)| Self { firewall_rule_group_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let (named, vpc) = (&self.firewall_rule_group_id, &self.vpc_id);
        firewall_rule_group::DNS.require_use(world, actor, named, vpc, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let used = (&self.firewall_rule_group_id, &self.vpc_id);
        firewall_rule_group::DNS.associate(world, actor, used, made)
    }
}
