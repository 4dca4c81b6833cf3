//! CreateResourceShare.

use aws_sdk_ram::types::ResourceShareConfiguration;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::CreateResourceShare;
use bellwether_model::sharing::PLAIN_NAME;
use bellwether_model::{Account, Name};

use super::{
    arn_value, required, sent_arns, sent_principals, sent_sources, sent_tags, share_fields,
};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateResourceShare,
    made: &Name,
) -> Result<Observation, Observation> {
    let name = if call.name.is_empty() { PLAIN_NAME } else { call.name.as_str() };
    let retaining = call.retain_sharing_on_account_leave_organization.map(|retains| {
        ResourceShareConfiguration::builder()
            .retain_sharing_on_account_leave_organization(retains)
            .build()
    });
    let request = session
        .clients(actor)?
        .ram
        .create_resource_share()
        .set_client_token(session.names.sent_token(&call.client_token))
        .name(name)
        .set_resource_arns(sent_arns(session, &call.resource_arns)?)
        .set_resource_share_configuration(retaining)
        .set_principals(sent_principals(session, &call.principals))
        .set_sources(sent_sources(session, &call.sources))
        .set_allow_external_principals(call.allow_external_principals)
        .set_tags(sent_tags(&call.tags))
        .set_permission_arns(sent_arns(session, &call.permission_arns)?);
    let answer = session.count(request.send()).await?;
    let token = session.names.token_value(answer.client_token());
    let share = required(answer.resource_share(), "resourceShare")?;
    let arn = required(share.resource_share_arn(), "resourceShareArn")?;
    session.names.keep_made(actor, &call.client_token, made, arn);
    if let Some(time) = share.creation_time() {
        session.names.keep_creation(made, time);
    }
    let observed = Observed { fields: share_fields(session, share), rows: Vec::new() };
    Ok(Observation::Granted(
        observed.with("clientToken", token).with("resourceShareArn", arn_value(session, Some(arn))),
    ))
}
