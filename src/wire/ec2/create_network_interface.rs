//! CreateNetworkInterface.

use aws_sdk_ec2::types::NetworkInterface;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateNetworkInterface;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::{Session, fixtures};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateNetworkInterface,
    made: &Name,
) -> Result<Observation, Observation> {
    let subnet = session.names.sent(&call.subnet_id)?;
    let groups = &call.security_group_ids;
    let groups = fixtures::groups(session, actor, &call.subnet_id, groups).await?;
    let request =
        session.clients(actor)?.ec2.create_network_interface().set_dry_run(session.dry_run);
    let request = request.subnet_id(subnet).set_groups(groups.ids.clone());
    let came = session.count(request.send()).await;
    let reply = fixtures::launched(session, &groups, came).await?;
    let interface = reply.network_interface.as_ref();
    let id = interface.and_then(NetworkInterface::network_interface_id);
    keep(session, actor, made, "network-interface", id)?;
    if let Some(vpc) = session.fixtures.vpc(&call.subnet_id).map(ToOwned::to_owned) {
        session.fixtures.keep_vpc(made, &vpc);
    }
    Ok(granted())
}
