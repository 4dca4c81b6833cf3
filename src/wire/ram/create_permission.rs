//! CreatePermission.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::CreatePermission;
use bellwether_model::{Account, Name};

use super::{required, sent_tags, summary_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreatePermission,
    made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .create_permission()
        .set_client_token(session.names.sent_token(&call.client_token))
        .name(call.name_of(made))
        .resource_type(call.type_of())
        .policy_template(call.template_of())
        .set_tags(sent_tags(&call.tags));
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let permission = required(answer.permission(), "permission")?;
    let arn = required(permission.arn(), "arn")?;
    session.names.keep_made(actor, &call.client_token, made, arn);
    let fields = summary_fields(session, permission);
    let observed = Observed { fields, rows: Vec::new() };
    Ok(Observation::Granted(observed.with("clientToken", token)))
}
