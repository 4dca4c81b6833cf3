//! AssociateResolverQueryLogConfig.

use aws_sdk_route53resolver::types::ResolverQueryLogConfigAssociation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::AssociateResolverQueryLogConfig;
use bellwether_model::{Account, Name};

use crate::wire::dns::keep_association;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateResolverQueryLogConfig,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_query_log_config_id)?;
    let vpc = session.names.sent(&call.resource_id)?;
    let request = session.clients(actor)?.route53resolver.associate_resolver_query_log_config();
    let request = request.resolver_query_log_config_id(id).resource_id(vpc);
    let reply = session.count(request.send()).await?;
    let one = reply.resolver_query_log_config_association.as_ref();
    keep_association(session, made, one.and_then(ResolverQueryLogConfigAssociation::id))?;
    Ok(granted())
}
