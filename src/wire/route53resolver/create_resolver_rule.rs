//! CreateResolverRule.

use aws_sdk_route53resolver::types::{ResolverRule, RuleTypeOption, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::CreateResolverRule;
use bellwether_model::{Account, Name};

use super::sent_tags;
use crate::wire::Session;
use crate::wire::dns::{granted_with, keep, token};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateResolverRule,
    made: &Name,
) -> Result<Observation, Observation> {
    let token = token(session, made);
    let domain = session.fixtures.domain_or_next(&call.domain_name);
    let request = session.clients(actor)?.route53resolver.create_resolver_rule();
    let request = request.creator_request_id(token).domain_name(domain);
    let request = request.rule_type(RuleTypeOption::System).set_tags(sent_tags(&call.tags));
    let reply = session.count(request.send()).await?;
    let one = reply.resolver_rule.as_ref();
    keep(session, made, one.and_then(ResolverRule::id), one.and_then(ResolverRule::arn))?;
    let status = one.and_then(ResolverRule::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(ResolverRule::owner_id), status))
}
