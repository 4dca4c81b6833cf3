//! DisassociateSecurityGroupVpc.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DisassociateSecurityGroupVpc;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateSecurityGroupVpc,
    _made: &Name,
) -> Result<Observation, Observation> {
    let group = session.names.sent(&call.group_id)?;
    let vpc = session.names.sent(&call.vpc_id)?;
    let request =
        session.clients(actor)?.ec2.disassociate_security_group_vpc().set_dry_run(session.dry_run);
    session.count(request.group_id(group).vpc_id(vpc).send()).await?;
    Ok(granted())
}
