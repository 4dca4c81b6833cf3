//! AuthorizeSecurityGroupIngress.

use aws_sdk_ec2::types::{IpPermission, PrefixListId, UserIdGroupPair};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AuthorizeSecurityGroupIngress;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

/// The port that the rules are about.
const PORT: i32 = 443;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AuthorizeSecurityGroupIngress,
    _made: &Name,
) -> Result<Observation, Observation> {
    let group = session.names.sent(&call.group_id)?;
    let mut permission = IpPermission::builder().ip_protocol("tcp").from_port(PORT).to_port(PORT);
    if let Some(list) = &call.prefix_list_id {
        let list = session.names.sent(list)?;
        let list = PrefixListId::builder().prefix_list_id(list).build();
        permission = permission.prefix_list_ids(list);
    }
    if let Some(source) = &call.source_group_id {
        let id = session.names.sent(source)?;
        // Another account's group is named as account-number/security-group-id.
        let foreign = !session.names.is_made_by(source, actor);
        let owner = session.names.owner_id(source).filter(|_| foreign);
        let pair = UserIdGroupPair::builder().group_id(id).set_user_id(owner).build();
        permission = permission.user_id_group_pairs(pair);
    }
    let request =
        session.clients(actor)?.ec2.authorize_security_group_ingress().set_dry_run(session.dry_run);
    let request = request.group_id(group).ip_permissions(permission.build());
    session.count(request.send()).await?;
    Ok(granted())
}
