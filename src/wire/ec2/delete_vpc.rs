//! DeleteVpc.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteVpc;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::{Session, fixtures};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteVpc,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.vpc_id)?;
    if session.dry_run.is_none() {
        fixtures::clear_unused_groups(session, &id).await?;
    }
    let request = session.clients(actor)?.ec2.delete_vpc().set_dry_run(session.dry_run);
    session.count(request.vpc_id(id).send()).await?;
    Ok(granted())
}
