//! DeleteResolverRule.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::DeleteResolverRule;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteResolverRule,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_rule_id)?;
    let request = session.clients(actor)?.route53resolver.delete_resolver_rule();
    session.count(request.resolver_rule_id(id).send()).await?;
    Ok(granted())
}
