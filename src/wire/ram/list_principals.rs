//! ListPrincipals.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::ListPrincipals;
use bellwether_model::{Account, Name};

use super::{all, named_share, required, resource_owner};
use crate::wire::Session;
use crate::wire::names::flag;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPrincipals,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .list_principals()
        .resource_owner(resource_owner(&call.resource_owner).into());
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.principals, page.next_token))
        }
    };
    let items = all(session, page).await?;
    let mut observed = Observed::default();
    for item in &items {
        let id = required(item.id(), "id")?;
        if let Some(share) = named_share(session, item.resource_share_arn())? {
            let key = Key::Principal(share, session.names.principal(id));
            let row = ObservedRow::of(key).with("external", flag(item.external()));
            observed.rows.push(row);
        }
    }
    Ok(Observation::Granted(observed))
}
