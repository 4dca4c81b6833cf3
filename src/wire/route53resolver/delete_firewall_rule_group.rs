//! DeleteFirewallRuleGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::DeleteFirewallRuleGroup;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteFirewallRuleGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.firewall_rule_group_id)?;
    let request = session.clients(actor)?.route53resolver.delete_firewall_rule_group();
    session.count(request.firewall_rule_group_id(id).send()).await?;
    Ok(granted())
}
