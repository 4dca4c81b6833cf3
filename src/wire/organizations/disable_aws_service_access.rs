//! DisableAWSServiceAccess.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::DisableAWSServiceAccess;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisableAWSServiceAccess,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.organizations.disable_aws_service_access();
    let request = request.service_principal(call.service());
    session.count(request.send()).await?;
    Ok(granted())
}
