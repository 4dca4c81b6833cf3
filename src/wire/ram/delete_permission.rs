//! DeletePermission.

use aws_sdk_ram::types::PermissionStatus;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::DeletePermission;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::names::{flag, text};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeletePermission,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .delete_permission()
        .permission_arn(session.names.sent_arn(&call.permission)?);
    let answer = session.count(request.send()).await?;
    let status = answer.permission_status().map(PermissionStatus::as_str);
    let observed = Observed::default()
        .with("returnValue", flag(answer.return_value()))
        .with("permissionStatus", text(status));
    Ok(Observation::Granted(observed))
}
