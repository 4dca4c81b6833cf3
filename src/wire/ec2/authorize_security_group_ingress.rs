//! AuthorizeSecurityGroupIngress.

use aws_sdk_ec2::types::{IpPermission, PrefixListId, UserIdGroupPair};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AuthorizeSecurityGroupIngress;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AuthorizeSecurityGroupIngress,
    _made: &Name,
) -> Result<Observation, Observation> {
    let group = session.names.sent(&call.group_id)?;
    let permission =
        permission(session, actor, call.prefix_list_id.as_ref(), call.source_group_id.as_ref())?;
    let request =
        session.clients(actor)?.ec2.authorize_security_group_ingress().set_dry_run(session.dry_run);
    let request = request.group_id(group).ip_permissions(permission);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The port that the rules are about.
const PORT: i32 = 443;

/// A permission by which a rule is added to a security group, or taken out.
///
/// # Errors
///
/// The target never made what it names.
pub(super) fn permission(
    session: &Session,
    actor: Account,
    list: Option<&Reference>,
    source: Option<&Reference>,
) -> Result<IpPermission, Observation> {
    let mut permission = IpPermission::builder().ip_protocol("tcp").from_port(PORT).to_port(PORT);
    if let Some(list) = list {
        let list = session.names.sent(list)?;
        permission =
            permission.prefix_list_ids(PrefixListId::builder().prefix_list_id(list).build());
    }
    if let Some(source) = source {
        let id = session.names.sent(source)?;
        // Another account's group is named as account-number/security-group-id.
        let foreign = !session.names.is_made_by(source, actor);
        let owner = session.names.owner_id(source).filter(|_| foreign);
        let pair = UserIdGroupPair::builder().group_id(id).set_user_id(owner).build();
        permission = permission.user_id_group_pairs(pair);
    }
    Ok(permission.build())
}
