//! UpdateResolverRule.

use aws_sdk_route53resolver::types::ResolverRuleConfig;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::UpdateResolverRule;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &UpdateResolverRule,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_rule_id)?;
    let name = format!("renamed-{}", session.fixtures.next_number());
    let config = ResolverRuleConfig::builder().name(name).build();
    let request = session.clients(actor)?.route53resolver.update_resolver_rule();
    session.count(request.resolver_rule_id(id).config(config).send()).await?;
    Ok(granted())
}
