//! ListPermissions.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListPermissions;
use bellwether_model::permissions::AWS_ARN;
use bellwether_model::world::Managed;
use bellwether_model::{Account, Name};

use super::{all, observed, required, sent_text, summary_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPermissions,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .list_permissions()
        .set_max_results(call.max_results)
        .set_resource_type(sent_text(&call.resource_type))
        .set_permission_type(sent_text(&call.permission_type).map(|it| it.as_str().into()));
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
        let managed = if let Some(name) = session.names.name(arn) {
            Managed::Customer(name.clone())
        } else if arn.starts_with(AWS_ARN) && item.is_resource_type_default() == Some(true) {
            Managed::Default(required(item.resource_type(), "resourceType")?.into())
        } else {
            continue;
        };
        let fields = summary_fields(session, item);
        observed.rows.push(ObservedRow { key: Key::Managed(managed), fields });
    }
    Ok(Observation::Granted(observed))
}
