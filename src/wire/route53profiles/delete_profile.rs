//! DeleteProfile.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::DeleteProfile;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteProfile,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.profile_id)?;
    let request = session.clients(actor)?.route53profiles.delete_profile();
    session.count(request.profile_id(id).send()).await?;
    Ok(granted())
}
