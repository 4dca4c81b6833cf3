//! ListTagsForResource.

use aws_sdk_route53resolver::types::Tag;
use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::route53resolver::ListTagsForResource;
use bellwether_model::{Account, Name};
use smol_str::format_smolstr;

use crate::wire::{PAGE, Session, all};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ListTagsForResource,
    _made: &Name,
) -> Result<Observation, Observation> {
    let arn = session.names.sent_arn(&call.resource_arn)?;
    let request = session.clients(actor)?.route53resolver.list_tags_for_resource();
    let request = request.resource_arn(arn).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.tags, page.next_token))
        }
    };
    let tags = all(session, page).await?;
    let written = |tag: &Tag| format_smolstr!("{}={}", tag.key(), tag.value());
    let tags = Value::Set(tags.iter().map(written).collect());
    Ok(Observation::Granted(Observed::default().with("Tags", tags)))
}
