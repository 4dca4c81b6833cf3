//! DeleteNatGateway.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteNatGateway;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteNatGateway,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.nat_gateway_id)?;
    let request = session.clients(actor)?.ec2.delete_nat_gateway().set_dry_run(session.dry_run);
    session.count(request.nat_gateway_id(id).send()).await?;
    Ok(granted())
}
