//! GetResolverRule.

use aws_sdk_route53resolver::types::{ResolverRule, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::GetResolverRule;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::dns::granted_with;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResolverRule,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_rule_id)?;
    let request = session.clients(actor)?.route53resolver.get_resolver_rule();
    let reply = session.count(request.resolver_rule_id(id).send()).await?;
    let one = reply.resolver_rule.as_ref();
    let status = one.and_then(ResolverRule::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(ResolverRule::owner_id), status))
}
