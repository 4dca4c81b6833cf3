//! CreateNetworkAcl.

use aws_sdk_ec2::types::NetworkAcl;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateNetworkAcl;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateNetworkAcl,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let request = session.clients(actor)?.ec2.create_network_acl().set_dry_run(session.dry_run);
    let reply = session.count(request.vpc_id(vpc).send()).await?;
    let acl = reply.network_acl.as_ref();
    keep(session, actor, made, "network-acl", acl.and_then(NetworkAcl::network_acl_id))?;
    Ok(granted_to(session, acl.and_then(NetworkAcl::owner_id)))
}
