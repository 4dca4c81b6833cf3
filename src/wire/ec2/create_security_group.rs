//! CreateSecurityGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateSecurityGroup;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateSecurityGroup,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    make(session, actor, made, &vpc).await?;
    Ok(granted())
}

/// Makes a security group in the VPC of this id.
pub(in crate::wire) async fn make(
    session: &mut Session,
    actor: Account,
    made: &Name,
    vpc: &str,
) -> Result<(), Observation> {
    let request = session.clients(actor)?.ec2.create_security_group();
    // A VPC has one group of a name at most, and one may be there whose answer was lost.
    let number = session.fixtures.next_number();
    let request = request
        .group_name(format!("bellwether-{made}-{number}"))
        .description("made by bellwether")
        .vpc_id(vpc);
    let reply = session.count(request.send()).await?;
    keep(session, actor, made, "security-group", reply.group_id())
}
