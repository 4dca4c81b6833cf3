//! Invitations as the operations about them name and list them: an ARN is found by listing.

use aws_sdk_ram::types::ResourceShareInvitationStatus;
use aws_smithy_types::DateTime;
use bellwether_model::Account;
use bellwether_model::answer::{Key, Value};
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::GetResourceShareInvitations;
use bellwether_model::parameters::InvitationRef;

use super::{all, named_share, required, sent_arns};
use crate::wire::names::text;
use crate::wire::{Listed, Session};

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
        InvitationRef::Literal(text) => return Ok(session.names.filled(text)),
    };
    let known = |session: &Session| {
        let arn = session.names.invitation_arn(share, receiver, number);
        arn.map(str::to_owned)
    };
    let is_fresh = session.names.knows_invitations(share, receiver);
    if let Some(arn) = known(session).filter(|_| is_fresh || number.is_some()) {
        return Ok(arn);
    }
    let (here, there) = (session.names.region(), session.names.region_of(share));
    session.enter(there);
    let looked_up = listed(session, receiver).await;
    session.enter(here);
    looked_up?;
    known(session).ok_or_else(|| {
        let never = format!("the target never invited {receiver} to {share}");
        Observation::Unsendable(never)
    })
}

/// The invitations that an account has received, each kept with its number.
///
/// # Errors
///
/// The observation that came in place of the list, or that a row does not say what it is about.
async fn listed(session: &mut Session, actor: Account) -> Result<Observed, Observation> {
    Box::pin(listed_as(session, actor, &GetResourceShareInvitations::default())).await
}

/// The invitations that an account has received and asks for, each kept with its number.
///
/// # Errors
///
/// As [`listed`].
pub(super) async fn listed_as(
    session: &mut Session,
    actor: Account,
    call: &GetResourceShareInvitations,
) -> Result<Observed, Observation> {
    let mut asked = Vec::new();
    for invitation in &call.resource_share_invitation_arns {
        asked.push(invitation_arn(session, invitation).await?);
    }
    let request = session
        .clients(actor)?
        .ram
        .get_resource_share_invitations()
        .set_resource_share_invitation_arns((!asked.is_empty()).then_some(asked))
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_share_invitations, page.next_token))
        }
    };
    let Listed { mut items, largest } = all(session, &call.next_token, page).await?;
    // A second invitation to a share is sent only once the first was answered, so the times
    // tell their order even though an answer replaces the time.
    items.sort_by_key(|it| {
        let sent = it.invitation_timestamp().map(DateTime::as_nanos);
        (sent.is_none(), sent)
    });
    let mut observed = Observed::default().with("maxResults", Value::Number(largest));
    for item in &items {
        let arn = item.resource_share_invitation_arn();
        let arn = required(arn, "resourceShareInvitationArn")?;
        let Some(share) = named_share(session, item.resource_share_arn())? else {
            continue;
        };
        let names = &mut session.names;
        let receiver = item.receiver_account_id().and_then(|id| names.account(id));
        let receiver = receiver.unwrap_or(actor);
        let number = names.invitation_number(&share, receiver, arn);
        let row = ObservedRow::of(Key::Invitation(share, receiver, number))
            .with("status", text(item.status().map(ResourceShareInvitationStatus::as_str)))
            .with("resourceShareName", text(item.resource_share_name()))
            .with("senderAccountId", names.account_value(item.sender_account_id()))
            .with("receiverAccountId", names.account_value(item.receiver_account_id()))
            .with("resourceShareInvitationArn", names.account_value(arn.split(':').nth(4)));
        observed.rows.push(row);
    }
    let everything =
        GetResourceShareInvitations { max_results: call.max_results, ..Default::default() };
    if *call == everything {
        session.names.invitations_listed(actor);
    }
    Ok(observed)
}
