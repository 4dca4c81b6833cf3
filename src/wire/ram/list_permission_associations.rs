//! ListPermissionAssociations.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListPermissionAssociations;
use bellwether_model::{Account, Name};

use super::{all, arn_value, named_share, observed, required, sent_arn, sent_text};
use crate::wire::Session;
use crate::wire::names::{flag, text};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPermissionAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = sent_arn(session, call.permission_arn.as_ref())?;
    let request = session
        .clients(actor)?
        .ram
        .list_permission_associations()
        .set_max_results(call.max_results)
        .set_permission_arn(arn)
        .set_permission_version(call.permission_version)
        .set_resource_type(sent_text(&call.resource_type))
        .set_default_version(call.default_version);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.permissions, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let of_type = required(item.resource_type(), "resourceType")?;
        let Some(share) = named_share(session, item.resource_share_arn())? else { continue };
        let row = ObservedRow::of(Key::Attached(share, of_type.into()))
            .with("arn", arn_value(session, item.arn()))
            .with("permissionVersion", text(item.permission_version()))
            .with("defaultVersion", flag(item.default_version()));
        observed.rows.push(row);
    }
    Ok(Observation::Granted(observed))
}
