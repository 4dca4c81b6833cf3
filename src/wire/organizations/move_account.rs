//! MoveAccount.
//!
//! The API asks for where the account is, which a scenario does not say: it is looked up.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::MoveAccount;
use bellwether_model::{Account, Name};

use super::sent_id;
use crate::wire::{Session, all, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &MoveAccount,
    _made: &Name,
) -> Result<Observation, Observation> {
    let account = sent_id(session, call.account_id.as_ref())?;
    let destination = sent_id(session, call.destination_parent_id.as_ref())?;
    let client = session.clients(actor)?.organizations;
    let parents = all(session, |token| {
        let request = client.list_parents().child_id(&account).set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.parents, page.next_token))
        }
    })
    .await;
    let parents = session.ok_unless_transient("ListParents", parents)?;
    let source = parents.into_iter().flatten().next().and_then(|parent| parent.id);
    let source = source.or_else(|| session.names.root_id.clone());
    let request = client
        .move_account()
        .account_id(account)
        .source_parent_id(source.unwrap_or_else(|| "r-0000".to_owned()))
        .destination_parent_id(destination);
    session.count(request.send()).await?;
    Ok(granted())
}
