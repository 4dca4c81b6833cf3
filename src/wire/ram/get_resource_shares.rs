//! GetResourceShares.

use std::collections::BTreeSet;

use aws_sdk_ram::types::{ResourceShareStatus, TagFilter};
use bellwether_model::answer::Key;
use bellwether_model::judge::laws::OTHER_THAN_ANSWERED;
use bellwether_model::judge::{Observation, ObservedRow};
use bellwether_model::operations::ram::GetResourceShares;
use bellwether_model::parameters::Tag;
use bellwether_model::{Account, Name};

use super::{
    all, named_share, observed, resource_owner, sent_arn, sent_arns, sent_text, share_fields,
};
use crate::wire::Session;
use crate::wire::names::text;

/// The filters by tags as they are sent: one for each key, with all its values.
fn tag_filters(tags: &[Tag]) -> Option<Vec<TagFilter>> {
    let keys: BTreeSet<&str> = tags.iter().map(|tag| tag.key.as_str()).collect();
    let filters = keys.into_iter().map(|key| {
        let values = tags.iter().filter(|tag| tag.key == key).filter_map(|tag| tag.value.as_ref());
        let values: Vec<String> = values.map(ToString::to_string).collect();
        let values = (!values.is_empty()).then_some(values);
        TagFilter::builder().tag_key(key).set_tag_values(values).build()
    });
    (!tags.is_empty()).then(|| filters.collect())
}

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetResourceShares,
    _made: &Name,
) -> Result<Observation, Observation> {
    let status = call.resource_share_status.as_str();
    let status = (!status.is_empty()).then(|| ResourceShareStatus::from(status));
    let filters = tag_filters(&call.tag_filters);
    let arn = sent_arn(session, call.permission_arn.as_ref())?;
    let request = session
        .clients(actor)?
        .ram
        .get_resource_shares()
        .resource_owner(resource_owner(&call.resource_owner).into())
        .set_resource_share_arns(sent_arns(session, &call.resource_share_arns)?)
        .set_resource_share_status(status)
        .set_name(sent_text(&call.name))
        .set_tag_filters(filters)
        .set_max_results(call.max_results)
        .set_permission_arn(arn)
        .set_permission_version(call.permission_version);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.resource_shares, page.next_token))
        }
    };
    let listed = all(session, &call.next_token, page).await?;
    let mut observed = observed(&listed);
    for item in &listed.items {
        let Some(share) = named_share(session, item.resource_share_arn())? else {
            session.unmapped_shares.extend(item.resource_share_arn().map(str::to_owned));
            continue;
        };
        let mut fields = share_fields(session, item);
        if let Some(time) = item.creation_time()
            && !session.names.is_of_its_share(&share, time)
        {
            let created = fields.iter_mut().find(|(name, _)| *name == "creationTime");
            if let Some((_, value)) = created {
                *value = text(Some(OTHER_THAN_ANSWERED));
            }
        }
        observed.rows.push(ObservedRow { key: Key::Share(share), fields });
    }
    Ok(Observation::Granted(observed))
}
