//! CreateSubnet.

use bellwether_model::compute::plain_vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateSubnet;
use bellwether_model::{Account, Name};

use super::granted_to;
use crate::wire::fixtures::requests::make_subnet;
use crate::wire::{Session, fixtures};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateSubnet,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = match &call.vpc_id {
        Some(vpc) => session.names.sent(vpc)?,
        None => fixtures::vpc(session, actor, &plain_vpc(made)).await?,
    };
    let dry_run = session.dry_run;
    let subnet = make_subnet(session, actor, made, &vpc, dry_run).await?;
    Ok(granted_to(session, subnet.owner_id()))
}
