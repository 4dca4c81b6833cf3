//! CreateIpamPool.

use aws_sdk_ec2::types::{AddressFamily, IpamPool};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateIpamPool;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;
use crate::wire::fixtures;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreateIpamPool,
    made: &Name,
) -> Result<Observation, Observation> {
    let scope = fixtures::ipam_scope(session, actor).await?;
    let request = session.clients(actor)?.ec2.create_ipam_pool().set_dry_run(session.dry_run);
    // VPCs have addresses from pools of their own region alone.
    let request = request
        .ipam_scope_id(scope)
        .address_family(AddressFamily::Ipv4)
        .locale(session.names.region_name());
    let reply = session.count(request.send()).await?;
    let pool = reply.ipam_pool.as_ref();
    let id = pool.and_then(IpamPool::ipam_pool_id);
    let owner = pool.and_then(IpamPool::owner_id);
    match (id, pool.and_then(IpamPool::ipam_pool_arn)) {
        (Some(id), Some(arn)) => session.names.keep_with_arn(made, id, arn),
        (id, _) => keep(session, actor, made, "ipam-pool", id)?,
    }
    let id = session.names.id(made)?;
    if session.dry_run.is_none() {
        fixtures::fill_pool(session, actor, made, &id).await?;
    }
    Ok(granted_to(session, owner))
}
