//! ListResources.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::ListResources;
use bellwether_model::{Account, Name};

use super::{all, named_share, required, resource_owner};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListResources,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .list_resources()
        .resource_owner(resource_owner(&call.resource_owner).into());
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resources, page.next_token))
        }
    };
    let items = all(session, page).await?;
    let mut observed = Observed::default();
    for item in &items {
        let arn = required(item.arn(), "arn")?;
        let share = named_share(session, item.resource_share_arn())?;
        if let (Some(share), Some(thing)) = (share, session.names.name(arn)) {
            let key = Key::Resource(share, thing.clone());
            let row = ObservedRow::of(key).with("type", text(item.r#type()));
            observed.rows.push(row);
        }
    }
    Ok(Observation::Granted(observed))
}
