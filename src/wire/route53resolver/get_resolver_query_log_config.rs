//! GetResolverQueryLogConfig.

use aws_sdk_route53resolver::types::{ResolverQueryLogConfig, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::GetResolverQueryLogConfig;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::dns::granted_with;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResolverQueryLogConfig,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_query_log_config_id)?;
    let request = session.clients(actor)?.route53resolver.get_resolver_query_log_config();
    let reply = session.count(request.resolver_query_log_config_id(id).send()).await?;
    let one = reply.resolver_query_log_config.as_ref();
    let status = one.and_then(ResolverQueryLogConfig::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(ResolverQueryLogConfig::owner_id), status))
}
