//! AssociateFirewallRuleGroup.

use aws_sdk_route53resolver::types::FirewallRuleGroupAssociation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::AssociateFirewallRuleGroup;
use bellwether_model::{Account, Name};

use crate::wire::dns::{keep_association, token};
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateFirewallRuleGroup,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.firewall_rule_group_id)?;
    let vpc = session.names.sent(&call.vpc_id)?;
    let token = token(session, made);
    let priority = 100 + i32::from(session.fixtures.next_number());
    let request = session.clients(actor)?.route53resolver.associate_firewall_rule_group();
    let request = request.firewall_rule_group_id(id).vpc_id(vpc);
    let request = request.creator_request_id(&token).name(token).priority(priority);
    let reply = session.count(request.send()).await?;
    let one = reply.firewall_rule_group_association.as_ref();
    keep_association(session, made, one.and_then(FirewallRuleGroupAssociation::id))?;
    Ok(granted())
}
