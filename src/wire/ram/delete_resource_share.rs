//! DeleteResourceShare.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::DeleteResourceShare;
use bellwether_model::{Account, Name};

use super::{returned, with_token};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteResourceShare,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .delete_resource_share()
        .set_client_token(session.names.sent_token(&call.client_token))
        .resource_share_arn(session.names.sent_arn(&call.share)?);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    Ok(with_token(returned(answer.return_value()), token))
}
