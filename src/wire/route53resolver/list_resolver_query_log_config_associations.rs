//! ListResolverQueryLogConfigAssociations.

use aws_sdk_route53resolver::types::{
    ResolverQueryLogConfigAssociation, ResolverQueryLogConfigAssociationStatus,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53resolver::ListResolverQueryLogConfigAssociations;
use bellwether_model::{Account, Name};

use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListResolverQueryLogConfigAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .route53resolver
        .list_resolver_query_log_config_associations()
        .max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resolver_query_log_config_associations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| it.status() != Some(&ResolverQueryLogConfigAssociationStatus::Deleting));
    rows_of(session, &items, ResolverQueryLogConfigAssociation::id, |_| Vec::new())
}
