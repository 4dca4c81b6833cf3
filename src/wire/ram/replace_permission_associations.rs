//! ReplacePermissionAssociations.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::ReplacePermissionAssociations;
use bellwether_model::{Account, Name};

use super::{required, work_fields};
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
        .from_permission_arn(session.names.sent_arn(&call.from_permission_arn)?)
        .set_from_permission_version(call.from_permission_version)
        .to_permission_arn(session.names.sent_arn(&call.to_permission_arn)?);
    let answer = session.count(request.send()).await?;
    let work = answer.replace_permission_associations_work();
    let work = required(work, "replacePermissionAssociationsWork")?;
    let id = required(work.id(), "id")?;
    session.names.keep_id(made, id);
    let fields = work_fields(session, work);
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
