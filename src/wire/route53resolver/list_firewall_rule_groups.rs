//! ListFirewallRuleGroups.

use aws_sdk_route53resolver::types::{FirewallRuleGroupMetadata, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::ListFirewallRuleGroups;
use bellwether_model::{Account, Name};

use crate::wire::dns::listed_fields;
use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListFirewallRuleGroups,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request =
        session.clients(actor)?.route53resolver.list_firewall_rule_groups().max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.firewall_rule_groups, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, FirewallRuleGroupMetadata::id, |it| {
        listed_fields(session, it.owner_id(), it.share_status().map(ShareStatus::as_str))
    })
}
