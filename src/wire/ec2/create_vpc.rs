//! CreateVpc.

use aws_sdk_ec2::types::Vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateVpc;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

/// Room for 256 subnets of 256 addresses.
const BLOCK: &str = "10.0.0.0/16";

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateVpc,
    made: &Name,
) -> Result<Observation, Observation> {
    let CreateVpc {} = call;
    let vpc = make(session, actor, made).await?;
    Ok(granted_to(session, vpc.owner_id()))
}

/// Makes a VPC.
pub(in crate::wire) async fn make(
    session: &mut Session,
    actor: Account,
    made: &Name,
) -> Result<Vpc, Observation> {
    let request = session.clients(actor)?.ec2.create_vpc().cidr_block(BLOCK);
    let reply = session.count(request.send()).await?;
    let id = reply.vpc.as_ref().and_then(Vpc::vpc_id);
    keep(session, actor, made, "vpc", id)?;
    Ok(reply.vpc.unwrap_or_else(|| Vpc::builder().build()))
}
