//! DeleteTransitGatewayRoute.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteTransitGatewayRoute;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteTransitGatewayRoute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let table = session.names.sent(&call.route_table_id)?;
    let request =
        session.clients(actor)?.ec2.delete_transit_gateway_route().set_dry_run(session.dry_run);
    let request =
        request.transit_gateway_route_table_id(table).destination_cidr_block(call.block());
    session.count(request.send()).await?;
    Ok(granted())
}
