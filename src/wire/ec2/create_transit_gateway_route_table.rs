//! CreateTransitGatewayRouteTable.

use aws_sdk_ec2::types::TransitGatewayRouteTable;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateTransitGatewayRouteTable;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateTransitGatewayRouteTable,
    made: &Name,
) -> Result<Observation, Observation> {
    let gateway = session.names.sent(&call.transit_gateway_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .create_transit_gateway_route_table()
        .set_dry_run(session.dry_run);
    let reply = session.count(request.transit_gateway_id(gateway).send()).await?;
    let table = reply.transit_gateway_route_table.as_ref();
    let id = table.and_then(TransitGatewayRouteTable::transit_gateway_route_table_id);
    keep(session, actor, made, "transit-gateway-route-table", id)?;
    Ok(granted())
}
