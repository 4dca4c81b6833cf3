//! DescribeTags.

use aws_sdk_ec2::types::{Filter, TagDescription};
use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ec2::DescribeTags;
use bellwether_model::{Account, Name};
use smol_str::format_smolstr;

use super::{PAGE, all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeTags,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.resource_id)?;
    let filter = Filter::builder().name("resource-id").values(id).build();
    let request = session
        .clients(actor)?
        .ec2
        .describe_tags()
        .set_dry_run(session.dry_run)
        .filters(filter)
        .max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.tags, page.next_token))
        }
    };
    let tags = all(session, page).await?;
    let written = |tag: &TagDescription| {
        let value = tag.value().unwrap_or_default();
        format_smolstr!("{}={value}", tag.key().unwrap_or_default())
    };
    let tags = Value::Set(tags.iter().map(written).collect());
    Ok(Observation::Granted(Observed::default().with("Tags", tags)))
}
