//! DescribeNatGateways.

use aws_sdk_ec2::types::{NatGateway, NatGatewayState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeNatGateways;
use bellwether_model::{Account, Name};

use super::{all, page_size, rows_of, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeNatGateways,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.nat_gateway_ids)?;
    let request = session.clients(actor)?.ec2.describe_nat_gateways().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_nat_gateway_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.nat_gateways, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    rows_of(session, &items, NatGateway::nat_gateway_id, |_| [])
}

/// Whether a NAT gateway is listed though it has been deleted.
fn is_gone(gateway: &NatGateway) -> bool {
    matches!(gateway.state(), Some(NatGatewayState::Deleting | NatGatewayState::Deleted))
}
