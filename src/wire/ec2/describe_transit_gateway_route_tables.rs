//! DescribeTransitGatewayRouteTables.

use aws_sdk_ec2::types::{TransitGatewayRouteTable, TransitGatewayRouteTableState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeTransitGatewayRouteTables;
use bellwether_model::{Account, Name};

use super::{all, listed, page_size, sent_all};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeTransitGatewayRouteTables,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.route_table_ids)?;
    let request = session
        .clients(actor)?
        .ec2
        .describe_transit_gateway_route_tables()
        .set_dry_run(session.dry_run);
    let request =
        request.set_max_results(page_size(ids.as_ref())).set_transit_gateway_route_table_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.transit_gateway_route_tables, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    listed(session, &items, TransitGatewayRouteTable::transit_gateway_route_table_id, |it| {
        let id = it.transit_gateway_id();
        let gateway = id.and_then(|id| session.names.name(id)).map(Name::as_str);
        ("TransitGatewayId", text(gateway.or(id)))
    })
}

/// Whether a route table is listed though it has been deleted.
fn is_gone(table: &TransitGatewayRouteTable) -> bool {
    matches!(
        table.state(),
        Some(TransitGatewayRouteTableState::Deleting | TransitGatewayRouteTableState::Deleted)
    )
}
