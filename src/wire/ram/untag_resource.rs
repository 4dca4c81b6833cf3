//! UntagResource.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ram::UntagResource;
use bellwether_model::{Account, Name};

use super::sent_arn;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &UntagResource,
    _made: &Name,
) -> Result<Observation, Observation> {
    let keys = call.tag_keys.iter().map(ToString::to_string).collect();
    let request = session
        .clients(actor)?
        .ram
        .untag_resource()
        .set_resource_share_arn(sent_arn(session, call.resource_share_arn.as_ref())?)
        .set_resource_arn(sent_arn(session, call.resource_arn.as_ref())?)
        .set_tag_keys(Some(keys));
    session.count(request.send()).await?;
    Ok(Observation::Granted(Observed::default()))
}
