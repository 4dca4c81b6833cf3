//! DeleteSecurityGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteSecurityGroup;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteSecurityGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.group_id)?;
    make(session, actor, id).await?;
    Ok(granted())
}

/// Deletes a security group.
pub(in crate::wire) async fn make(
    session: &mut Session,
    actor: Account,
    id: String,
) -> Result<(), Observation> {
    let request = session.clients(actor)?.ec2.delete_security_group();
    session.count(request.group_id(id).send()).await?;
    Ok(())
}
