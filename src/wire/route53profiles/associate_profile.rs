//! AssociateProfile.

use aws_sdk_route53profiles::types::ProfileAssociation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::AssociateProfile;
use bellwether_model::{Account, Name};

use crate::wire::dns::{keep_association, token};
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AssociateProfile,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.profile_id)?;
    let vpc = session.names.sent(&call.resource_id)?;
    let token = token(session, made);
    let request = session.clients(actor)?.route53profiles.associate_profile();
    let request = request.profile_id(id).resource_id(vpc);
    let request = request.name(token);
    let reply = session.count(request.send()).await?;
    let one = reply.profile_association.as_ref();
    keep_association(session, made, one.and_then(ProfileAssociation::id))?;
    Ok(granted())
}
