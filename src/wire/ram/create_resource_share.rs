//! CreateResourceShare.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::CreateResourceShare;
use bellwether_model::{Account, Name};

use super::{required, sent_arns, sent_principals, sent_sources, sent_tags, share_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateResourceShare,
    made: &Name,
) -> Result<Observation, Observation> {
    let name =
        if call.name.is_empty() { CreateResourceShare::PLAIN_NAME } else { call.name.as_str() };
    let request = session
        .clients(actor)?
        .ram
        .create_resource_share()
        .name(name)
        .set_resource_arns(sent_arns(session, &call.resource_arns)?)
        .set_principals(sent_principals(session, &call.principals))
        .set_sources(sent_sources(session, &call.sources))
        .set_allow_external_principals(call.allow_external_principals)
        .set_tags(sent_tags(&call.tags))
        .set_permission_arns(sent_arns(session, &call.permission_arns)?);
    let answer = session.count(request.send()).await?;
    let share = required(answer.resource_share(), "resourceShare")?;
    let arn = required(share.resource_share_arn(), "resourceShareArn")?;
    session.names.keep_id(made, arn);
    Ok(Observation::Granted(Observed { fields: share_fields(session, share), rows: Vec::new() }))
}
