//! AuthorizeSecurityGroupIngress.

use aws_sdk_ec2::types::{IpPermission, PrefixListId};
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
    let list = session.names.sent(&call.prefix_list_id)?;
    let list = PrefixListId::builder().prefix_list_id(list).build();
    let permission = IpPermission::builder().ip_protocol("tcp").from_port(PORT).to_port(PORT);
    let request =
        session.clients(actor)?.ec2.authorize_security_group_ingress().set_dry_run(session.dry_run);
    let request = request.group_id(group).ip_permissions(permission.prefix_list_ids(list).build());
    session.count(request.send()).await?;
    Ok(granted())
}
