//! ListResourceTypes.

use aws_sdk_ram::types::ResourceRegionScope;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::ListResourceTypes;
use bellwether_model::{Account, Name};

use super::{all, required};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &ListResourceTypes,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.ram.list_resource_types();
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_types, page.next_token))
        }
    };
    let items = all(session, page).await?;
    let mut observed = Observed::default();
    for item in &items {
        let of_type = required(item.resource_type(), "resourceType")?;
        let key = Key::Type(of_type.into());
        let scope = text(item.resource_region_scope().map(ResourceRegionScope::as_str));
        observed.rows.push(ObservedRow::of(key).with("resourceRegionScope", scope));
    }
    Ok(Observation::Granted(observed))
}
