//! UpdateResourceShare.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::UpdateResourceShare;
use bellwether_model::{Account, Name};

use super::{required, share_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &UpdateResourceShare,
    _made: &Name,
) -> Result<Observation, Observation> {
    let name = (!call.name.is_empty()).then(|| call.name.to_string());
    let request = session
        .clients(actor)?
        .ram
        .update_resource_share()
        .set_client_token(session.names.sent_token(&call.client_token))
        .resource_share_arn(session.names.sent_arn(&call.share)?)
        .set_name(name)
        .set_allow_external_principals(call.allow_external_principals);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let share = required(answer.resource_share(), "resourceShare")?;
    let observed = Observed { fields: share_fields(session, share), rows: Vec::new() };
    Ok(Observation::Granted(observed.with("clientToken", token)))
}
