//! GetSecurityGroupsForVpc.

use aws_sdk_ec2::types::SecurityGroupForVpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::GetSecurityGroupsForVpc;
use bellwether_model::{Account, Name};

use super::{PAGE, all, listed, owner};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetSecurityGroupsForVpc,
    _made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let request =
        session.clients(actor)?.ec2.get_security_groups_for_vpc().set_dry_run(session.dry_run);
    let request = request.vpc_id(vpc).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.security_group_for_vpcs, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, SecurityGroupForVpc::group_id, |it| owner(session, it.owner_id()))
}
