//! CreateResolverQueryLogConfig.

use aws_sdk_route53resolver::types::{ResolverQueryLogConfig, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::CreateResolverQueryLogConfig;
use bellwether_model::{Account, Name};

use super::sent_tags;
use crate::wire::Session;
use crate::wire::dns::{granted_with, keep, token};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateResolverQueryLogConfig,
    made: &Name,
) -> Result<Observation, Observation> {
    let token = token(session, made);
    let destination = {
        let Session { fixtures, names, .. } = session;
        fixtures.log_group(names.region_name(), &names.account_id(actor))
    };
    let request = session.clients(actor)?.route53resolver.create_resolver_query_log_config();
    let request = request.creator_request_id(&token).name(token).destination_arn(destination);
    let request = request.set_tags(sent_tags(&call.tags));
    let reply = session.count(request.send()).await?;
    let one = reply.resolver_query_log_config.as_ref();
    keep(
        session,
        made,
        one.and_then(ResolverQueryLogConfig::id),
        one.and_then(ResolverQueryLogConfig::arn),
    )?;
    let status = one.and_then(ResolverQueryLogConfig::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(ResolverQueryLogConfig::owner_id), status))
}
