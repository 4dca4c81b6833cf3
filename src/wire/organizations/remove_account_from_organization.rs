//! RemoveAccountFromOrganization.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::RemoveAccountFromOrganization;
use bellwether_model::{Account, Name};

use super::sent_id;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RemoveAccountFromOrganization,
    _made: &Name,
) -> Result<Observation, Observation> {
    let account = sent_id(session, call.account_id.as_ref())?;
    let request = session.clients(actor)?.organizations.remove_account_from_organization();
    let request = request.account_id(account);
    session.count(request.send()).await?;
    Ok(granted())
}
