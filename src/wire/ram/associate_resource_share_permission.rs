//! AssociateResourceSharePermission.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::AssociateResourceSharePermission;
use bellwether_model::{Account, Name};

use super::{returned, with_token};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateResourceSharePermission,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .associate_resource_share_permission()
        .set_client_token(session.names.sent_token(&call.client_token))
        .resource_share_arn(session.names.sent_arn(&call.share)?)
        .permission_arn(session.names.sent_arn(&call.permission_arn)?)
        .set_replace(call.replace.then_some(true))
        .set_permission_version(call.permission_version);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    Ok(with_token(returned(answer.return_value()), token))
}
