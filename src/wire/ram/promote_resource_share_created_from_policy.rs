//! PromoteResourceShareCreatedFromPolicy.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ram::PromoteResourceShareCreatedFromPolicy;
use bellwether_model::{Account, Name};

use super::returned;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &PromoteResourceShareCreatedFromPolicy,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .promote_resource_share_created_from_policy()
        .resource_share_arn(session.names.sent_arn(&call.share)?);
    let answer = session.count(request.send()).await?;
    Ok(returned(answer.return_value()))
}
