//! RejectResourceShareInvitation.

use aws_sdk_ram::types::ResourceShareInvitationStatus;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::RejectResourceShareInvitation;
use bellwether_model::{Account, Name};

use super::get_resource_share_invitations::invitation_arn;
use super::required;
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RejectResourceShareInvitation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = invitation_arn(session, &call.invitation).await?;
    let request = session
        .clients(actor)?
        .ram
        .reject_resource_share_invitation()
        .set_client_token(session.names.sent_token(&call.client_token))
        .resource_share_invitation_arn(arn);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let invitation = required(answer.resource_share_invitation(), "resourceShareInvitation")?;
    let status = text(invitation.status().map(ResourceShareInvitationStatus::as_str));
    Ok(Observation::Granted(Observed::default().with("status", status).with("clientToken", token)))
}
