//! AllocateIpamPoolCidr.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AllocateIpamPoolCidr;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

/// The length of the prefix of the block that is asked for.
const NETMASK: i32 = 28;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AllocateIpamPoolCidr,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.ipam_pool_id)?;
    let request =
        session.clients(actor)?.ec2.allocate_ipam_pool_cidr().set_dry_run(session.dry_run);
    let request = request.ipam_pool_id(id).netmask_length(NETMASK).preview_next_cidr(true);
    session.count(request.send()).await?;
    Ok(granted())
}
