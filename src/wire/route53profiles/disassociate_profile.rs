//! DisassociateProfile.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::DisassociateProfile;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateProfile,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.profile_id)?;
    let vpc = session.names.sent(&call.resource_id)?;
    let request = session.clients(actor)?.route53profiles.disassociate_profile();
    session.count(request.profile_id(id).resource_id(vpc).send()).await?;
    Ok(granted())
}
