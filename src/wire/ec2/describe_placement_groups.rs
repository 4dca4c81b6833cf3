//! DescribePlacementGroups.

use aws_sdk_ec2::types::{PlacementGroup, PlacementGroupState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribePlacementGroups;
use bellwether_model::{Account, Name};

use super::{listed, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribePlacementGroups,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.group_ids)?;
    let request = session
        .clients(actor)?
        .ec2
        .describe_placement_groups()
        .set_dry_run(session.dry_run)
        .set_group_ids(ids);
    // The list has no pages.
    let reply = session.count(request.send()).await?;
    let mut items = reply.placement_groups.unwrap_or_default();
    items.retain(|it| !is_gone(it));
    listed(session, &items, PlacementGroup::group_id, |it| {
        let account = it.group_arn().and_then(|arn| arn.split(':').nth(4));
        ("GroupArn", session.names.account_value(account))
    })
}

/// Whether a group is listed though it has been deleted.
fn is_gone(group: &PlacementGroup) -> bool {
    matches!(group.state(), Some(PlacementGroupState::Deleting | PlacementGroupState::Deleted))
}
