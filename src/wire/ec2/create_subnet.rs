//! CreateSubnet.

use aws_sdk_ec2::types::Subnet;
use bellwether_model::compute::plain_vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateSubnet;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::names::REGION;
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
    let subnet = make(session, actor, made, &vpc).await?;
    Ok(granted_to(session, subnet.owner_id()))
}

/// Makes a subnet in the VPC of this id.
pub(in crate::wire) async fn make(
    session: &mut Session,
    actor: Account,
    made: &Name,
    vpc: &str,
) -> Result<Subnet, Observation> {
    let request = session.clients(actor)?.ec2.create_subnet();
    let request = request
        .vpc_id(vpc)
        .cidr_block(session.fixtures.next_block(vpc))
        .availability_zone(format!("{REGION}a"));
    let reply = session.count(request.send()).await?;
    let id = reply.subnet.as_ref().and_then(Subnet::subnet_id);
    keep(session, actor, made, "subnet", id)?;
    session.fixtures.keep_vpc(made, vpc);
    Ok(reply.subnet.unwrap_or_else(|| Subnet::builder().build()))
}
