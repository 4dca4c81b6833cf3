//! GetFirewallRuleGroup.

use aws_sdk_route53resolver::types::{FirewallRuleGroup, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::GetFirewallRuleGroup;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::dns::granted_with;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetFirewallRuleGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.firewall_rule_group_id)?;
    let request = session.clients(actor)?.route53resolver.get_firewall_rule_group();
    let reply = session.count(request.firewall_rule_group_id(id).send()).await?;
    let one = reply.firewall_rule_group.as_ref();
    let status = one.and_then(FirewallRuleGroup::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(FirewallRuleGroup::owner_id), status))
}
