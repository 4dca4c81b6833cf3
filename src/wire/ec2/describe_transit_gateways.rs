//! DescribeTransitGateways.

use aws_sdk_ec2::types::{TransitGateway, TransitGatewayState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeTransitGateways;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeTransitGateways,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.transit_gateway_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_transit_gateways().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_transit_gateway_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.transit_gateways, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    listed(session, &items, TransitGateway::transit_gateway_id, |it| owner(session, it.owner_id()))
}

/// Whether a transit gateway is listed though it has been deleted.
fn is_gone(gateway: &TransitGateway) -> bool {
    matches!(gateway.state(), Some(TransitGatewayState::Deleting | TransitGatewayState::Deleted))
}
