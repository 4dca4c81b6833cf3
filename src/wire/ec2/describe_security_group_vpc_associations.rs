//! DescribeSecurityGroupVpcAssociations.

use aws_sdk_ec2::types::{SecurityGroupVpcAssociation, SecurityGroupVpcAssociationState};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeSecurityGroupVpcAssociations;
use bellwether_model::{Account, Name};

use super::{PAGE, all, listed};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &DescribeSecurityGroupVpcAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let clients = session.clients(actor)?;
    let request = clients
        .ec2
        .describe_security_group_vpc_associations()
        .set_dry_run(session.dry_run)
        .max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.security_group_vpc_associations, page.next_token))
        }
    };
    let items: Vec<SecurityGroupVpcAssociation> = all(session, page).await?;
    // One row for each group, with its VPCs.
    let mut groups: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for item in items.iter().filter(|item| lasts(item)) {
        let vpcs = item.vpc_id().into_iter();
        match groups.iter_mut().find(|(id, _)| id.is_some() && *id == item.group_id()) {
            Some((_, known)) => known.extend(vpcs),
            None => groups.push((item.group_id(), vpcs.collect())),
        }
    }
    listed(
        session,
        &groups,
        |(id, _)| *id,
        |(_, vpcs)| {
            let names = vpcs.iter().filter_map(|id| session.names.name(id));
            ("VpcId", Value::Set(names.map(|name| name.as_str().into()).collect()))
        },
    )
}

/// Whether an association is there: neither on its way nor over.
fn lasts(item: &SecurityGroupVpcAssociation) -> bool {
    !matches!(
        item.state(),
        Some(
            SecurityGroupVpcAssociationState::Associating
                | SecurityGroupVpcAssociationState::AssociationFailed
                | SecurityGroupVpcAssociationState::Disassociated
        )
    )
}
