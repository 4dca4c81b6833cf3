//! RevokeSecurityGroupIngress.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RevokeSecurityGroupIngress;
use bellwether_model::{Account, Name};

use super::authorize_security_group_ingress::permission;
use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RevokeSecurityGroupIngress,
    _made: &Name,
) -> Result<Observation, Observation> {
    let group = session.names.sent(&call.group_id)?;
    let permission =
        permission(session, actor, call.prefix_list_id.as_ref(), call.source_group_id.as_ref())?;
    let request =
        session.clients(actor)?.ec2.revoke_security_group_ingress().set_dry_run(session.dry_run);
    session.count(request.group_id(group).ip_permissions(permission).send()).await?;
    Ok(granted())
}
