//! DeleteNetworkAcl.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteNetworkAcl;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteNetworkAcl,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.network_acl_id)?;
    let request = session.clients(actor)?.ec2.delete_network_acl().set_dry_run(session.dry_run);
    session.count(request.network_acl_id(id).send()).await?;
    Ok(granted())
}
