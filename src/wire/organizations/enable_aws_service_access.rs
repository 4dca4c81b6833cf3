//! EnableAWSServiceAccess.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::EnableAWSServiceAccess;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &EnableAWSServiceAccess,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.organizations.enable_aws_service_access();
    let request = request.service_principal(call.service());
    session.count(request.send()).await?;
    Ok(granted())
}
