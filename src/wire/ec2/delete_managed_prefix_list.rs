//! DeleteManagedPrefixList.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteManagedPrefixList;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteManagedPrefixList,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.prefix_list_id)?;
    let request =
        session.clients(actor)?.ec2.delete_managed_prefix_list().set_dry_run(session.dry_run);
    session.count(request.prefix_list_id(id).send()).await?;
    Ok(granted())
}
