//! GetPermission.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::GetPermission;
use bellwether_model::{Account, Name};

use super::{detail_fields, required};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetPermission,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .get_permission()
        .permission_arn(session.names.sent_arn(&call.permission)?)
        .set_permission_version(call.permission_version);
    let answer = session.count(request.send()).await?;
    let permission = required(answer.permission(), "permission")?;
    let fields = detail_fields(session, permission);
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
