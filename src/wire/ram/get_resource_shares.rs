//! GetResourceShares.

use aws_sdk_ram::types::ResourceShareStatus;
use bellwether_model::answer::Key;
use bellwether_model::judge::{Observation, Observed, ObservedRow};
use bellwether_model::operations::ram::GetResourceShares;
use bellwether_model::{Account, Name};

use super::{all, named_share, resource_owner, sent_arns, share_fields};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResourceShares,
    _made: &Name,
) -> Result<Observation, Observation> {
    let status = call.resource_share_status.as_str();
    let status = (!status.is_empty()).then(|| ResourceShareStatus::from(status));
    let name = (!call.name.is_empty()).then(|| call.name.to_string());
    let arn = call.permission_arn.as_ref().map(|it| session.names.sent_arn(it)).transpose()?;
    let request = session
        .clients(actor)?
        .ram
        .get_resource_shares()
        .resource_owner(resource_owner(&call.resource_owner).into())
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_resource_share_status(status)
        .set_name(name)
        .set_permission_arn(arn)
        .set_permission_version(call.permission_version);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_shares, page.next_token))
        }
    };
    let items = all(session, page).await?;
    let mut observed = Observed::default();
    for item in &items {
        if let Some(share) = named_share(session, item.resource_share_arn())? {
            observed
                .rows
                .push(ObservedRow { key: Key::Share(share), fields: share_fields(session, item) });
        }
    }
    Ok(Observation::Granted(observed))
}
