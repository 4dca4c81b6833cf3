//! DescribeSnapshots.

use aws_sdk_ec2::types::Snapshot;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeSnapshots;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeSnapshots,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.snapshot_ids)?;
    // Without them the list holds every public snapshot there is.
    let everybody = session.clients.keys().map(|it| session.names.account_id(*it)).collect();
    let owners = ids.is_none().then_some(everybody);
    let request = session
        .clients(actor)?
        .ec2
        .describe_snapshots()
        .set_dry_run(session.dry_run)
        .set_owner_ids(owners);
    let request = request.set_max_results(page_size(ids.as_ref())).set_snapshot_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.snapshots, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, Snapshot::snapshot_id, |it| owner(session, it.owner_id()))
}
