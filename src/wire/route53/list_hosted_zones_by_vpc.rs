//! ListHostedZonesByVPC.

use aws_sdk_route53::types::{HostedZoneSummary, VpcRegion};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::ListHostedZonesByVPC;
use bellwether_model::{Account, Name};

use crate::wire::names::HOME;
use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListHostedZonesByVPC,
    _made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let request = session.clients(actor)?.route53.list_hosted_zones_by_vpc();
    let request = request.vpc_id(vpc).vpc_region(VpcRegion::from(HOME)).max_items(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((Some(page.hosted_zone_summaries), page.next_token))
        }
    };
    let items = all(session, page).await?;
    let owner = |zone: &HostedZoneSummary| zone.owner.as_ref()?.owning_account.clone();
    rows_of(
        session,
        &items,
        |zone| Some(&zone.hosted_zone_id),
        |zone| [("OwningAccount", session.names.account_value(owner(zone).as_deref()))],
    )
}
