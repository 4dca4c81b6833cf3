//! AcceptResourceShareInvitation.

use aws_sdk_ram::types::ResourceShareInvitationStatus;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::AcceptResourceShareInvitation;
use bellwether_model::parameters::InvitationRef;
use bellwether_model::{Account, Name};

use super::{get_resource_share_invitations, required};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AcceptResourceShareInvitation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = invitation_arn(session, &call.invitation).await?;
    let request = session
        .clients(actor)?
        .ram
        .accept_resource_share_invitation()
        .set_client_token(session.names.sent_token(&call.client_token))
        .resource_share_invitation_arn(arn);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let invitation = required(answer.resource_share_invitation(), "resourceShareInvitation")?;
    let status = text(invitation.status().map(ResourceShareInvitationStatus::as_str));
    Ok(Observation::Granted(Observed::default().with("status", status).with("clientToken", token)))
}

/// The ARN of the invitation that a call names. The receiver looks it up where it may be new,
/// since no answer to the sender says it.
///
/// # Errors
///
/// The target never made the invitation, or the receiver can't look it up.
pub(super) async fn invitation_arn(
    session: &mut Session,
    named: &InvitationRef,
) -> Result<String, Observation> {
    let (share, receiver, number) = match named {
        InvitationRef::To { share, receiver, number } => (share, *receiver, *number),
        InvitationRef::Literal(text) => return Ok(text.to_string()),
    };
    let known = |session: &Session| {
        let arn = session.names.invitation_arn(share, receiver, number);
        arn.map(str::to_owned)
    };
    let is_fresh = session.names.knows_invitations(share, receiver);
    if let Some(arn) = known(session).filter(|_| is_fresh || number.is_some()) {
        return Ok(arn);
    }
    get_resource_share_invitations::listed(session, receiver).await?;
    known(session).ok_or_else(|| {
        let never = format!("the target never invited {receiver} to {share}");
        Observation::Unsendable(never)
    })
}
