//! CreateTags.

use aws_sdk_ec2::types::Tag;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateTags;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateTags,
    _made: &Name,
) -> Result<Observation, Observation> {
    // The model says nothing of a request that AWS takes for none.
    if call.tags.is_empty() {
        return Err(Observation::Unsendable("a tag has to be named".to_owned()));
    }
    let id = session.names.sent(&call.resource)?;
    let tag = |it: &bellwether_model::parameters::Tag| {
        let value = it.value.as_deref().unwrap_or_default();
        Tag::builder().key(it.key.as_str()).value(value).build()
    };
    let tags = call.tags.iter().map(tag).collect();
    let request = session.clients(actor)?.ec2.create_tags().set_dry_run(session.dry_run);
    session.count(request.resources(id).set_tags(Some(tags)).send()).await?;
    Ok(granted())
}
