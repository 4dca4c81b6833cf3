//! CreateFirewallRuleGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Tag, operation};
use crate::resources::firewall_rule_group;
use crate::{Account, Name, World, tagging};

operation! {
    /// Makes a DNS Firewall rule group.
    ///
    /// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateFirewallRuleGroup.html>
    pub struct CreateFirewallRuleGroup {
        /// Its tags.
        tags: Vec<Tag> = "Tags",
    }
}

impl Operation for CreateFirewallRuleGroup {
    const TOPIC: Topic = Topic::FirewallRuleGroups;
    const MAKES: &'static str = "firewall";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let draws = firewall_rule_group::DNS.draw_new(world, actor);
        draws.then(|| Self { tags: tagging::draw_first(dice) })
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        tagging::put_first(world, made, &self.tags);
        firewall_rule_group::DNS.make(world, actor, made)
    }
}
