//! AssociateResolverRule.

use aws_sdk_route53resolver::types::ResolverRuleAssociation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::AssociateResolverRule;
use bellwether_model::{Account, Name};

use crate::wire::dns::keep_association;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateResolverRule,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resolver_rule_id)?;
    let vpc = session.names.sent(&call.vpc_id)?;
    let request = session.clients(actor)?.route53resolver.associate_resolver_rule();
    let request = request.resolver_rule_id(id).vpc_id(vpc);
    let reply = session.count(request.send()).await?;
    let one = reply.resolver_rule_association.as_ref();
    keep_association(session, made, one.and_then(ResolverRuleAssociation::id))?;
    Ok(granted())
}
