//! DisassociateFirewallRuleGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::firewall_rule_group;
use crate::{Account, Name, World};

operation! {
    /// Takes away the association of a DNS Firewall rule group with a VPC.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateFirewallRuleGroup.html>
    pub struct DisassociateFirewallRuleGroup {
        /// The association.
        association_id: Reference = "FirewallRuleGroupAssociationId",
    }
}

impl Operation for DisassociateFirewallRuleGroup {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let drawn = firewall_rule_group::DNS.draw_association(world, actor, dice);
        drawn.map(|association_id| Self { association_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        firewall_rule_group::DNS.require_association(
            world,
            actor,
            &self.association_id,
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        firewall_rule_group::DNS.end_association(world, &self.association_id)
    }
}
