//! CreatePermissionVersion.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::CreatePermissionVersion;
use bellwether_model::{Account, Name};

use super::{detail_fields, required};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreatePermissionVersion,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .create_permission_version()
        .set_client_token(session.names.sent_token(&call.client_token))
        .permission_arn(session.names.sent_arn(&call.permission)?)
        .policy_template(call.template_of());
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let permission = required(answer.permission(), "permission")?;
    let fields = detail_fields(session, permission);
    let observed = Observed { fields, rows: Vec::new() };
    Ok(Observation::Granted(observed.with("clientToken", token)))
}
