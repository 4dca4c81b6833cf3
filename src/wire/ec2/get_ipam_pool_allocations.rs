//! GetIpamPoolAllocations.

use aws_sdk_ec2::types::{IpamPoolAllocation, IpamPoolAllocationResourceType};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::GetIpamPoolAllocations;
use bellwether_model::{Account, Name};

use super::{all, rows_of};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetIpamPoolAllocations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.ipam_pool_id)?;
    // Pages of this list are of 1000 items at least, so no size is asked for.
    let request = session
        .clients(actor)?
        .ec2
        .get_ipam_pool_allocations()
        .ipam_pool_id(id)
        .set_dry_run(session.dry_run);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.ipam_pool_allocations, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, named_by, |it| {
        let of_type = it.resource_type().map(|of_type| of_type.as_str().into());
        [
            ("ResourceOwner", session.names.account_value(it.resource_owner())),
            ("ResourceType", of_type.map_or(Value::Missing, Value::Text)),
        ]
    })
}

/// The id by which an allocation is named: that of the VPC whose block it is, or its own.
fn named_by(allocation: &IpamPoolAllocation) -> Option<&str> {
    match allocation.resource_type() {
        Some(IpamPoolAllocationResourceType::Vpc) => allocation.resource_id(),
        Some(_) | None => allocation.ipam_pool_allocation_id(),
    }
}
