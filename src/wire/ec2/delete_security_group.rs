//! DeleteSecurityGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeleteSecurityGroup;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;
use crate::wire::fixtures::requests::delete_security_group;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteSecurityGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.group_id)?;
    let dry_run = session.dry_run;
    delete_security_group(session, actor, id, dry_run).await?;
    Ok(granted())
}
