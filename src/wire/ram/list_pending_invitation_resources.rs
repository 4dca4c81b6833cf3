//! ListPendingInvitationResources.

use aws_sdk_ram::types::ResourceStatus;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListPendingInvitationResources;
use bellwether_model::{Account, Name};

use super::invitations::invitation_arn;
use super::{all, named_share, observed, required, sent_text, with_scope_and_times};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPendingInvitationResources,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = invitation_arn(session, &call.invitation).await?;
    let scope = sent_text(&call.resource_region_scope);
    let request = session
        .clients(actor)?
        .ram
        .list_pending_invitation_resources()
        .resource_share_invitation_arn(arn)
        .set_resource_region_scope(scope.as_deref().map(Into::into))
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resources, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let arn = required(item.arn(), "arn")?;
        let share = named_share(session, item.resource_share_arn())?;
        if let (Some(share), Some(resource)) = (share, session.names.name(arn)) {
            let row = ObservedRow::of(Key::ResourceAssociation(share, resource.clone()))
                .with("type", text(item.r#type()))
                .with("status", text(item.status().map(ResourceStatus::as_str)));
            observed.rows.push(with_scope_and_times(row, item));
        }
    }
    Ok(Observation::Granted(observed))
}
