//! DescribeIpamPools.

use aws_sdk_ec2::types::{IpamPool, IpamPoolState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeIpamPools;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeIpamPools,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.ipam_pool_ids)?;
    let request = session.clients(actor)?.ec2.describe_ipam_pools().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_ipam_pool_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.ipam_pools, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    listed(session, &items, IpamPool::ipam_pool_id, |it| owner(session, it.owner_id()))
}

/// Whether a pool is listed though it has been deleted.
fn is_gone(pool: &IpamPool) -> bool {
    matches!(pool.state(), Some(IpamPoolState::DeleteInProgress | IpamPoolState::DeleteComplete))
}
