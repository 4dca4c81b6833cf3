//! GetProfile.

use aws_sdk_route53profiles::types::{Profile, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::GetProfile;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::dns::granted_with;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetProfile,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.profile_id)?;
    let request = session.clients(actor)?.route53profiles.get_profile();
    let reply = session.count(request.profile_id(id).send()).await?;
    let one = reply.profile.as_ref();
    let status = one.and_then(Profile::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(Profile::owner_id), status))
}
