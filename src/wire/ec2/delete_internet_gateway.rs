//! DeleteInternetGateway.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteInternetGateway;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteInternetGateway,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.internet_gateway_id)?;
    let request =
        session.clients(actor)?.ec2.delete_internet_gateway().set_dry_run(session.dry_run);
    session.count(request.internet_gateway_id(id).send()).await?;
    Ok(granted())
}
