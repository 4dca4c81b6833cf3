//! ListHostedZones.

use aws_sdk_route53::types::HostedZone;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::ListHostedZones;
use bellwether_model::{Account, Name};

use crate::wire::{PAGE, Session, all, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListHostedZones,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.route53.list_hosted_zones().max_items(PAGE);
    let page = |token| {
        let request = request.clone().set_marker(token);
        async {
            let page = request.send().await?;
            let next = page.next_marker.filter(|_| page.is_truncated);
            Ok((Some(page.hosted_zones), next))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, |zone: &HostedZone| Some(&zone.id), |_| Vec::new())
}
