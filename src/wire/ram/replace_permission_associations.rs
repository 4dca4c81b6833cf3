//! ReplacePermissionAssociations.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::ReplacePermissionAssociations;
use bellwether_model::{Account, Name};

use super::{arn_value, required, work_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ReplacePermissionAssociations,
    made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .replace_permission_associations()
        .set_client_token(session.names.sent_token(&call.client_token))
        .from_permission_arn(session.names.sent_arn(&call.from_permission_arn)?)
        .set_from_permission_version(call.from_permission_version)
        .to_permission_arn(session.names.sent_arn(&call.to_permission_arn)?);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let work = answer.replace_permission_associations_work();
    let work = required(work, "replacePermissionAssociationsWork")?;
    let id = required(work.id(), "id")?;
    session.names.keep_made(actor, &call.client_token, made, id);
    let fields = work_fields(session, work);
    let observed = Observed { fields, rows: Vec::new() };
    Ok(Observation::Granted(
        observed.with("clientToken", token).with("id", arn_value(session, Some(id))),
    ))
}
