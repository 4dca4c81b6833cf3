//! DisassociateResourceSharePermission.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::DisassociateResourceSharePermission;
use bellwether_model::{Account, Name};

use super::returned;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateResourceSharePermission,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .disassociate_resource_share_permission()
        .resource_share_arn(session.names.sent_arn(&call.share)?)
        .permission_arn(session.names.sent_arn(&call.permission_arn)?);
    let answer = session.count(request.send()).await?;
    Ok(returned(answer.return_value()))
}
