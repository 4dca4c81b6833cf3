//! LeaveOrganization.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::LeaveOrganization;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &LeaveOrganization,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.organizations.leave_organization();
    session.count(request.send()).await?;
    Ok(granted())
}
