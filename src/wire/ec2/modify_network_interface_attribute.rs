//! ModifyNetworkInterfaceAttribute.

use aws_sdk_ec2::types::{Filter, SecurityGroup};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifyNetworkInterfaceAttribute;
use bellwether_model::parameters::Reference;
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
    let vpc = session.fixtures.vpc(&call.network_interface_id).map(ToOwned::to_owned);
    if groups.is_none()
        && let Some(vpc) = vpc
    {
        groups = default_groups(session, actor, &vpc).await?;
        // Without a group the call would be refused for that alone.
        let own_vpc = session.names.name(&vpc).cloned().map(Reference::Named);
        let is_own = |made: &Reference| session.names.is_made_by(made, actor);
        if groups.is_none()
            && own_vpc.as_ref().is_some_and(is_own)
            && is_own(&call.network_interface_id)
        {
            let why = "the default group of the interface's VPC is not listed";
            return Err(Observation::Unsendable(why.to_owned()));
        }
    }
    let request = session
        .clients(actor)?
        .ec2
        .modify_network_interface_attribute()
        .set_dry_run(session.dry_run);
    let request = request.network_interface_id(id).set_groups(groups);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The default group of a VPC, if the caller sees it.
async fn default_groups(
    session: &mut Session,
    actor: Account,
    vpc: &str,
) -> Result<Option<Vec<String>>, Observation> {
    let filter = |name, value| Filter::builder().name(name).values(value).build();
    let request = session.clients(actor)?.ec2.describe_security_groups();
    let request = request.filters(filter("vpc-id", vpc)).filters(filter("group-name", "default"));
    let found = session.count(request.send()).await;
    let Some(reply) = session.ok_unless_transient("DescribeSecurityGroups", found)? else {
        return Ok(None);
    };
    let ids = reply.security_groups().iter().filter_map(SecurityGroup::group_id);
    let ids: Vec<String> = ids.map(ToOwned::to_owned).collect();
    Ok(Some(ids).filter(|ids| !ids.is_empty()))
}
