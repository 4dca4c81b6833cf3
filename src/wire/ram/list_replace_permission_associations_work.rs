//! ListReplacePermissionAssociationsWork.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListReplacePermissionAssociationsWork;
use bellwether_model::{Account, Name};

use super::{all, observed, required, work_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListReplacePermissionAssociationsWork,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids: Result<Vec<_>, _> = call.work_ids.iter().map(|it| session.names.sent(it)).collect();
    let ids = ids.map(|ids| (!ids.is_empty()).then_some(ids))?;
    let status = (!call.status.is_empty()).then(|| call.status.as_str().into());
    let request = session
        .clients(actor)?
        .ram
        .list_replace_permission_associations_work()
        .set_max_results(call.max_results)
        .set_work_ids(ids)
        .set_status(status);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.replace_permission_associations_works, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let id = required(item.id(), "id")?;
        let Some(name) = session.names.name(id) else { continue };
        let key = Key::Replacement(name.clone());
        observed.rows.push(ObservedRow { key, fields: work_fields(session, item) });
    }
    Ok(Observation::Granted(observed))
}
