//! ReleaseIpamPoolAllocation.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ReleaseIpamPoolAllocation;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ReleaseIpamPoolAllocation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let pool = session.names.sent(&call.ipam_pool_id)?;
    let id = session.names.sent(&call.ipam_pool_allocation_id)?;
    let block = session.fixtures.allocated(&call.ipam_pool_allocation_id);
    let request =
        session.clients(actor)?.ec2.release_ipam_pool_allocation().set_dry_run(session.dry_run);
    let request = request.ipam_pool_id(pool).ipam_pool_allocation_id(id).cidr(block);
    session.count(request.send()).await?;
    Ok(granted())
}
