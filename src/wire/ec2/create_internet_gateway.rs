//! CreateInternetGateway.

use aws_sdk_ec2::types::InternetGateway;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateInternetGateway;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreateInternetGateway,
    made: &Name,
) -> Result<Observation, Observation> {
    let request =
        session.clients(actor)?.ec2.create_internet_gateway().set_dry_run(session.dry_run);
    let reply = session.count(request.send()).await?;
    let gateway = reply.internet_gateway.as_ref();
    let id = gateway.and_then(InternetGateway::internet_gateway_id);
    keep(session, actor, made, "internet-gateway", id)?;
    Ok(granted_to(session, gateway.and_then(InternetGateway::owner_id)))
}
