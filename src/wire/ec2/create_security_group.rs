//! CreateSecurityGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateSecurityGroup;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;
use crate::wire::fixtures::requests::{make_named_security_group, make_security_group};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateSecurityGroup,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let dry_run = session.dry_run;
    if call.group_name.is_empty() {
        make_security_group(session, actor, made, &vpc, dry_run).await?;
    } else {
        let name = call.group_name.to_string();
        make_named_security_group(session, actor, made, &vpc, name, dry_run).await?;
    }
    Ok(granted())
}
