//! DisassociateFirewallRuleGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::DisassociateFirewallRuleGroup;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateFirewallRuleGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.association_id)?;
    let request = session.clients(actor)?.route53resolver.disassociate_firewall_rule_group();
    session.count(request.firewall_rule_group_association_id(id).send()).await?;
    Ok(granted())
}
