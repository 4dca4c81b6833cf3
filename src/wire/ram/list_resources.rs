//! ListResources.

use aws_sdk_ram::types::ResourceStatus;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListResources;
use bellwether_model::{Account, Name};

use super::{
    all, named_share, observed, required, resource_owner, sent_arns, sent_principal, sent_text,
    with_scope_and_times,
};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListResources,
    _made: &Name,
) -> Result<Observation, Observation> {
    let principal = sent_principal(session, &call.principal)?;
    let scope = sent_text(&call.resource_region_scope);
    let request = session
        .clients(actor)?
        .ram
        .list_resources()
        .resource_owner(resource_owner(&call.resource_owner).into())
        .set_principal(principal)
        .set_resource_type(sent_text(&call.resource_type))
        .set_resource_arns(sent_arns(session, &call.resource_arns)?)
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_resource_region_scope(scope.as_deref().map(Into::into))
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resources, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let arn = required(item.arn(), "arn")?;
        let share = named_share(session, item.resource_share_arn())?;
        if let (Some(share), Some(resource)) = (share, session.names.name(arn)) {
            let key = Key::ResourceAssociation(share, resource.clone());
            let status = text(item.status().map(ResourceStatus::as_str));
            let row = ObservedRow::of(key).with("type", text(item.r#type())).with("status", status);
            observed.rows.push(with_scope_and_times(row, item));
        }
    }
    Ok(Observation::Granted(observed))
}
