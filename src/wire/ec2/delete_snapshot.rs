//! DeleteSnapshot.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteSnapshot;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteSnapshot,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.snapshot_id)?;
    let request = session.clients(actor)?.ec2.delete_snapshot().set_dry_run(session.dry_run);
    session.count(request.snapshot_id(id).send()).await?;
    Ok(granted())
}
