//! PromotePermissionCreatedFromPolicy.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::PromotePermissionCreatedFromPolicy;
use bellwether_model::{Account, Name};

use super::{required, summary_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &PromotePermissionCreatedFromPolicy,
    made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .promote_permission_created_from_policy()
        .permission_arn(session.names.sent_arn(&call.permission)?)
        .name(call.name_of(made));
    let answer = session.count(request.send()).await?;
    let permission = required(answer.permission(), "permission")?;
    let arn = required(permission.arn(), "arn")?;
    session.names.keep_id(made, arn);
    let fields = summary_fields(session, permission);
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
