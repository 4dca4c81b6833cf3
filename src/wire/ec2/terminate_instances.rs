//! TerminateInstances.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::TerminateInstances;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &TerminateInstances,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.instance_id)?;
    let request = session.clients(actor)?.ec2.terminate_instances().set_dry_run(session.dry_run);
    session.count(request.instance_ids(id).send()).await?;
    Ok(granted())
}
