//! CreatePermission.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::CreatePermission;
use bellwether_model::{Account, Name};

use super::{required, summary_fields};
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
        .name(call.name_of(made))
        .resource_type(call.type_of())
        .policy_template(call.template_of());
    let answer = session.count(request.send()).await?;
    let permission = required(answer.permission(), "permission")?;
    let arn = required(permission.arn(), "arn")?;
    session.names.keep_id(made, arn);
    let fields = summary_fields(session, permission);
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
