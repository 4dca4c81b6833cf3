//! DeleteTransitGatewayRouteTable.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteTransitGatewayRouteTable;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteTransitGatewayRouteTable,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.route_table_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .delete_transit_gateway_route_table()
        .set_dry_run(session.dry_run);
    session.count(request.transit_gateway_route_table_id(id).send()).await?;
    Ok(granted())
}
