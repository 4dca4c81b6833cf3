//! ListPermissionVersions.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListPermissionVersions;
use bellwether_model::{Account, Name};

use super::{all, observed, required, summary_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPermissionVersions,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .list_permission_versions()
        .set_max_results(call.max_results)
        .permission_arn(session.names.sent_arn(&call.permission)?);
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
        let arn = required(item.arn(), "arn")?;
        let number = required(item.version(), "version")?.parse().ok();
        let Some((name, number)) = session.names.name(arn).zip(number) else { continue };
        let key = Key::Version(name.clone(), number);
        observed.rows.push(ObservedRow { key, fields: summary_fields(session, item) });
    }
    Ok(Observation::Granted(observed))
}
