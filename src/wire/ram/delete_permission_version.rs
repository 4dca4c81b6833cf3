//! DeletePermissionVersion.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::DeletePermissionVersion;
use bellwether_model::{Account, Name};

use super::{deleted, with_token};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeletePermissionVersion,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .delete_permission_version()
        .set_client_token(session.names.sent_token(&call.client_token))
        .permission_arn(session.names.sent_arn(&call.permission)?)
        .set_permission_version(call.permission_version);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let deleted = deleted(answer.return_value(), answer.permission_status());
    Ok(with_token(deleted, token))
}
