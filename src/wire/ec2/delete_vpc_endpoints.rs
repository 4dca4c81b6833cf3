//! DeleteVpcEndpoints.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteVpcEndpoints;
use bellwether_model::{Account, Name};

use super::granted_unless_unsuccessful;
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
    Ok(granted_unless_unsuccessful(reply.unsuccessful()))
}
