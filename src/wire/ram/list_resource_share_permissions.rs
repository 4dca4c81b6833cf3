//! ListResourceSharePermissions.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListResourceSharePermissions;
use bellwether_model::{Account, Name};

use super::{all, observed, required, summary_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListResourceSharePermissions,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .list_resource_share_permissions()
        .set_max_results(call.max_results)
        .resource_share_arn(session.names.sent_arn(&call.share)?);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.permissions, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    // Permissions of a share outside the scenario are not rows of one.
    let Some(share) = call.share.name() else { return Ok(Observation::Granted(observed)) };
    for item in &listed.items {
        let of_type = required(item.resource_type(), "resourceType")?;
        let key = Key::Attached(share.clone(), of_type.into());
        observed.rows.push(ObservedRow { key, fields: summary_fields(session, item) });
    }
    Ok(Observation::Granted(observed))
}
