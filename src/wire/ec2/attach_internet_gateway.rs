//! AttachInternetGateway.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AttachInternetGateway;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AttachInternetGateway,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.internet_gateway_id)?;
    let vpc = session.names.sent(&call.vpc_id)?;
    let request =
        session.clients(actor)?.ec2.attach_internet_gateway().set_dry_run(session.dry_run);
    session.count(request.internet_gateway_id(id).vpc_id(vpc).send()).await?;
    Ok(granted())
}
