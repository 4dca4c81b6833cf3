//! ListVPCAssociationAuthorizations.

use aws_sdk_route53::types::Vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::ListVPCAssociationAuthorizations;
use bellwether_model::{Account, Name};

use crate::wire::{Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListVPCAssociationAuthorizations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.hosted_zone_id)?;
    let request = session.clients(actor)?.route53.list_vpc_association_authorizations();
    let request = request.hosted_zone_id(id);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((Some(page.vpcs), page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, Vpc::vpc_id, |_| Vec::new())
}
