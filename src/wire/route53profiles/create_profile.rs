//! CreateProfile.

use aws_sdk_route53profiles::types::{Profile, ShareStatus};
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53profiles::CreateProfile;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::dns::{granted_with, keep, token};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreateProfile,
    made: &Name,
) -> Result<Observation, Observation> {
    let token = token(session, made);
    let request = session.clients(actor)?.route53profiles.create_profile();
    let reply = session.count(request.client_token(&token).name(token).send()).await?;
    let one = reply.profile.as_ref();
    keep(session, made, one.and_then(Profile::id), one.and_then(Profile::arn))?;
    let status = one.and_then(Profile::share_status).map(ShareStatus::as_str);
    Ok(granted_with(session, one.and_then(Profile::owner_id), status))
}
