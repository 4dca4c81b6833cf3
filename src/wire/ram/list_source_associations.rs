//! ListSourceAssociations.

use aws_sdk_ram::types::ResourceShareAssociationStatus;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListSourceAssociations;
use bellwether_model::{Account, Name};

use super::{all, named_share, observed, required, sent_arns, sent_text};
use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListSourceAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let status = call.association_status.as_str();
    let status = (!status.is_empty()).then(|| ResourceShareAssociationStatus::from(status));
    let request = session
        .clients(actor)?
        .ram
        .list_source_associations()
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_source_id(call.source_id.as_ref().map(|it| session.names.sent_source(it)))
        .set_source_type(sent_text(&call.source_type))
        .set_association_status(status)
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.source_associations, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let id = required(item.source_id(), "sourceId")?;
        if let Some(share) = named_share(session, item.resource_share_arn())? {
            let key = Key::Source(share, session.names.source(id));
            observed.rows.push(ObservedRow::of(key).with("status", text(item.status())));
        }
    }
    Ok(Observation::Granted(observed))
}
