//! ModifyNetworkInterfaceAttribute.

use aws_sdk_ec2::types::{Filter, NetworkInterface, SecurityGroup};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifyNetworkInterfaceAttribute;
use bellwether_model::{Account, Name};

use super::{granted, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ModifyNetworkInterfaceAttribute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.network_interface_id)?;
    let mut groups = sent_all(session, &call.groups)?;
    if groups.is_none() {
        let found = default_groups(session, actor, &id).await;
        groups = session.ok_unless_transient("DescribeSecurityGroups", found)?;
    }
    let request = session.clients(actor)?.ec2.modify_network_interface_attribute();
    let request = request.network_interface_id(id).set_groups(groups);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The default group of the VPC of a network interface, if the caller sees both.
async fn default_groups(
    session: &mut Session,
    actor: Account,
    interface: &str,
) -> Result<Vec<String>, Observation> {
    let request = session.clients(actor)?.ec2.describe_network_interfaces();
    let reply = session.count(request.network_interface_ids(interface).send()).await?;
    let vpc = reply.network_interfaces().first().and_then(NetworkInterface::vpc_id);
    let Some(vpc) = vpc else { return Ok(Vec::new()) };
    let filter = |name, value| Filter::builder().name(name).values(value).build();
    let request = session.clients(actor)?.ec2.describe_security_groups();
    let request = request.filters(filter("vpc-id", vpc)).filters(filter("group-name", "default"));
    let reply = session.count(request.send()).await?;
    let ids = reply.security_groups().iter().filter_map(SecurityGroup::group_id);
    Ok(ids.map(ToOwned::to_owned).collect())
}
