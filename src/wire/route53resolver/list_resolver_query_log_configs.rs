//! ListResolverQueryLogConfigs.

use aws_sdk_route53resolver::types::{
    ResolverQueryLogConfig, ResolverQueryLogConfigStatus, ShareStatus,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::ListResolverQueryLogConfigs;
use bellwether_model::{Account, Name};

use crate::wire::dns::listed_fields;
use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListResolverQueryLogConfigs,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request =
        session.clients(actor)?.route53resolver.list_resolver_query_log_configs().max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resolver_query_log_configs, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| it.status() != Some(&ResolverQueryLogConfigStatus::Deleting));
    rows_of(session, &items, ResolverQueryLogConfig::id, |it| {
        listed_fields(session, it.owner_id(), it.share_status().map(ShareStatus::as_str))
    })
}
