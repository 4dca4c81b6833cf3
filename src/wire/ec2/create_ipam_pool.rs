//! CreateIpamPool.

use aws_sdk_ec2::types::{AddressFamily, Ipam, IpamPool};
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
    let request = session.clients(actor)?.ec2.create_ipam_pool();
    let request = request.ipam_scope_id(scope).address_family(AddressFamily::Ipv4);
    let reply = session.count(request.send()).await?;
    let pool = reply.ipam_pool.as_ref();
    let id = pool.and_then(IpamPool::ipam_pool_id);
    let owner = pool.and_then(IpamPool::owner_id);
    match (id, pool.and_then(IpamPool::ipam_pool_arn)) {
        (Some(id), Some(arn)) => session.names.keep_with_arn(made, id, arn),
        (id, _) => keep(session, actor, made, "ipam-pool", id)?,
    }
    let id = session.names.id(made)?;
    fixtures::fill_pool(session, actor, made, &id).await?;
    Ok(granted_to(session, owner))
}

/// Makes an IPAM; returns the scope in which pools are made.
pub(in crate::wire) async fn make_ipam(
    session: &mut Session,
    actor: Account,
) -> Result<String, Observation> {
    let request = session.clients(actor)?.ec2.create_ipam();
    let reply = session.count(request.send()).await?;
    let scope = reply.ipam.as_ref().and_then(Ipam::private_default_scope_id);
    let without = || Observation::Malformed("an IPAM was made without a scope".to_owned());
    scope.map(ToOwned::to_owned).ok_or_else(without)
}

/// Puts a block of addresses into a pool.
pub(in crate::wire) async fn fill(
    session: &mut Session,
    actor: Account,
    pool: &str,
    block: &str,
) -> Result<(), Observation> {
    let request = session.clients(actor)?.ec2.provision_ipam_pool_cidr();
    session.count(request.ipam_pool_id(pool).cidr(block).send()).await?;
    Ok(())
}
