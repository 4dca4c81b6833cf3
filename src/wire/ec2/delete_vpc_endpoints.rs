//! DeleteVpcEndpoints.

use aws_sdk_ec2::types::{UnsuccessfulItem, UnsuccessfulItemError};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteVpcEndpoints;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteVpcEndpoints,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.vpc_endpoint_id)?;
    let request = session.clients(actor)?.ec2.delete_vpc_endpoints().set_dry_run(session.dry_run);
    let reply = session.count(request.vpc_endpoint_ids(id).send()).await?;
    let failed = reply.unsuccessful().iter().find_map(UnsuccessfulItem::error);
    Ok(failed.map_or_else(granted, refused))
}

/// The refusal of one of the endpoints that a call names, in an answer that is a success itself.
fn refused(error: &UnsuccessfulItemError) -> Observation {
    let code = error.code().unwrap_or_default().into();
    Observation::Refused { code, message: error.message().unwrap_or_default().to_owned() }
}
