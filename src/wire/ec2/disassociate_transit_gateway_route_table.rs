//! DisassociateTransitGatewayRouteTable.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DisassociateTransitGatewayRouteTable;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateTransitGatewayRouteTable,
    _made: &Name,
) -> Result<Observation, Observation> {
    let table = session.names.sent(&call.route_table_id)?;
    let attachment = session.names.sent(&call.attachment_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .disassociate_transit_gateway_route_table()
        .set_dry_run(session.dry_run);
    let request =
        request.transit_gateway_route_table_id(table).transit_gateway_attachment_id(attachment);
    session.count(request.send()).await?;
    Ok(granted())
}
