//! TagResource.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::TagResource;
use bellwether_model::{Account, Name};

use super::{sent_arn, sent_tags};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &TagResource,
    _made: &Name,
) -> Result<Observation, Observation> {
    let request = session
        .clients(actor)?
        .ram
        .tag_resource()
        .set_resource_share_arn(sent_arn(session, call.resource_share_arn.as_ref())?)
        .set_resource_arn(sent_arn(session, call.resource_arn.as_ref())?)
        .set_tags(Some(sent_tags(&call.tags).unwrap_or_default()));
    session.count(request.send()).await?;
    Ok(Observation::Granted(Observed::default()))
}
