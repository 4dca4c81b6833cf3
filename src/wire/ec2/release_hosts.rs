//! ReleaseHosts.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ReleaseHosts;
use bellwether_model::{Account, Name};

use super::granted_unless_unsuccessful;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ReleaseHosts,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.host_id)?;
    let request = session.clients(actor)?.ec2.release_hosts();
    let reply = session.count(request.host_ids(id).send()).await?;
    Ok(granted_unless_unsuccessful(reply.unsuccessful()))
}
