//! AllocateIpamPoolCidr.

use aws_sdk_ec2::types::IpamPoolAllocation;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AllocateIpamPoolCidr;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

/// The length of the prefix of the block that is asked for.
const NETMASK: i32 = 28;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AllocateIpamPoolCidr,
    made: &Name,
) -> Result<Observation, Observation> {
    let pool = session.names.sent(&call.ipam_pool_id)?;
    let request =
        session.clients(actor)?.ec2.allocate_ipam_pool_cidr().set_dry_run(session.dry_run);
    let request = request.ipam_pool_id(pool).netmask_length(NETMASK);
    let reply = session.count(request.send()).await?;
    let allocation = reply.ipam_pool_allocation.as_ref();
    let id = allocation.and_then(IpamPoolAllocation::ipam_pool_allocation_id);
    keep(session, actor, made, "ipam-pool-allocation", id)?;
    if let Some(block) = allocation.and_then(IpamPoolAllocation::cidr) {
        session.fixtures.keep_allocated(made, block);
    }
    Ok(granted())
}
