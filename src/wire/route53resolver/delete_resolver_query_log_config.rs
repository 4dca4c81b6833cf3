//! DeleteResolverQueryLogConfig.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::DeleteResolverQueryLogConfig;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteResolverQueryLogConfig,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_query_log_config_id)?;
    let request = session.clients(actor)?.route53resolver.delete_resolver_query_log_config();
    session.count(request.resolver_query_log_config_id(id).send()).await?;
    Ok(granted())
}
