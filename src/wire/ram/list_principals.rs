//! ListPrincipals.

use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::ListPrincipals;
use bellwether_model::{Account, Name};

use super::{
    all, named_share, observed, required, resource_owner, sent_arn, sent_arns, sent_principals,
    sent_text,
};
use crate::wire::Session;
use crate::wire::names::{flag, moment, moment_after};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListPrincipals,
    _made: &Name,
) -> Result<Observation, Observation> {
    let resource = sent_arn(session, call.resource_arn.as_ref())?;
    let request = session
        .clients(actor)?
        .ram
        .list_principals()
        .resource_owner(resource_owner(&call.resource_owner).into())
        .set_resource_arn(resource)
        .set_principals(sent_principals(session, &call.principals))
        .set_resource_type(sent_text(&call.resource_type))
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_max_results(call.max_results);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.principals, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let id = required(item.id(), "id")?;
        if let Some(share) = named_share(session, item.resource_share_arn())? {
            let key = Key::Principal(share, session.names.principal(id));
            let row = ObservedRow::of(key)
                .with("external", flag(item.external()))
                .with("creationTime", moment(item.creation_time()))
                .with(
                    "lastUpdatedTime",
                    moment_after(item.creation_time(), item.last_updated_time()),
                );
            observed.rows.push(row);
        }
    }
    Ok(Observation::Granted(observed))
}
