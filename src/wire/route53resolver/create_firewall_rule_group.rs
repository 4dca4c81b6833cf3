//! CreateFirewallRuleGroup.

use aws_sdk_route53resolver::types::{FirewallRuleGroup, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::CreateFirewallRuleGroup;
use bellwether_model::{Account, Name};

use super::sent_tags;
use crate::wire::Session;
use crate::wire::dns::{granted_with, keep, token};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateFirewallRuleGroup,
    made: &Name,
) -> Result<Observation, Observation> {
    let token = token(session, made);
    let request = session.clients(actor)?.route53resolver.create_firewall_rule_group();
    let request = request.set_tags(sent_tags(&call.tags));
    let reply = session.count(request.creator_request_id(&token).name(token).send()).await?;
    let one = reply.firewall_rule_group.as_ref();
    keep(session, made, one.and_then(FirewallRuleGroup::id), one.and_then(FirewallRuleGroup::arn))?;
    let status = one.and_then(FirewallRuleGroup::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(FirewallRuleGroup::owner_id), status))
}
