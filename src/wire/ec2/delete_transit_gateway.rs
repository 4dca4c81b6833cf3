//! DeleteTransitGateway.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteTransitGateway;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteTransitGateway,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.transit_gateway_id)?;
    let request = session.clients(actor)?.ec2.delete_transit_gateway().set_dry_run(session.dry_run);
    session.count(request.transit_gateway_id(id).send()).await?;
    Ok(granted())
}
