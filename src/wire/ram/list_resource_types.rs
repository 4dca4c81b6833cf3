//! ListResourceTypes.

use aws_sdk_ram::types::ResourceRegionScope;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListResourceTypes;
use bellwether_model::{Account, Name};

use super::{all, observed, required, sent_text};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListResourceTypes,
    _made: &Name,
) -> Result<Observation, Observation> {
    let scope = sent_text(&call.resource_region_scope);
    let request = session
        .clients(actor)?
        .ram
        .list_resource_types()
        .set_resource_region_scope(scope.as_deref().map(Into::into))
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_types, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let of_type = required(item.resource_type(), "resourceType")?;
        let key = Key::Type(of_type.into());
        let scope = text(item.resource_region_scope().map(ResourceRegionScope::as_str));
        observed.rows.push(ObservedRow::of(key).with("resourceRegionScope", scope));
    }
    Ok(Observation::Granted(observed))
}
