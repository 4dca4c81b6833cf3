//! ListFirewallRuleGroupAssociations.

use aws_sdk_route53resolver::types::{
    FirewallRuleGroupAssociation, FirewallRuleGroupAssociationStatus,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::ListFirewallRuleGroupAssociations;
use bellwether_model::{Account, Name};

use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListFirewallRuleGroupAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .route53resolver
        .list_firewall_rule_group_associations()
        .max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.firewall_rule_group_associations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| it.status() != Some(&FirewallRuleGroupAssociationStatus::Deleting));
    rows_of(session, &items, FirewallRuleGroupAssociation::id, |_| Vec::new())
}
