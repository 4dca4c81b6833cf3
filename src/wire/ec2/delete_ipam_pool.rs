//! DeleteIpamPool.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteIpamPool;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::{Session, fixtures};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteIpamPool,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.ipam_pool_id)?;
    if session.dry_run.is_none() {
        fixtures::empty_pool(session, actor, &call.ipam_pool_id).await?;
    }
    let request = session.clients(actor)?.ec2.delete_ipam_pool().set_dry_run(session.dry_run);
    session.count(request.ipam_pool_id(id).send()).await?;
    Ok(granted())
}
