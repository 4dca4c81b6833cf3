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
    let ids = session.fixtures.with_those_beside(id);
    session.count(request.set_instance_ids(Some(ids)).send()).await?;
    Ok(granted())
}
