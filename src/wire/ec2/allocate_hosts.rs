//! AllocateHosts.

use aws_sdk_ec2::types::AutoPlacement;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::AllocateHosts;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &AllocateHosts,
    made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.ec2.allocate_hosts();
    let request = request
        .instance_family("t3")
        .availability_zone(format!("{}a", session.names.region_name()))
        .quantity(1)
        // What does not name the host has no part in it.
        .auto_placement(AutoPlacement::Off);
    let reply = session.count(request.send()).await?;
    keep(session, actor, made, "dedicated-host", reply.host_ids().first().map(String::as_str))?;
    Ok(granted())
}
