//! CreateVpc.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateVpc;
use bellwether_model::{Account, Name};

use super::granted_to;
use crate::wire::Session;
use crate::wire::fixtures::requests::make_vpc;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateVpc,
    made: &Name,
) -> Result<Observation, Observation> {
    let pool = call.ipv4_ipam_pool_id.as_ref().map(|pool| session.names.sent(pool)).transpose()?;
    let dry_run = session.dry_run;
    let vpc = make_vpc(session, actor, made, pool, dry_run).await?;
    Ok(granted_to(session, vpc.owner_id()))
}
