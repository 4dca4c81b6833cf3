//! DescribeSubnets.

use aws_sdk_ec2::types::Subnet;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeSubnets;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeSubnets,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.subnet_ids)?;
    let request = session.clients(actor)?.ec2.describe_subnets();
    let request = request.set_max_results(page_size(ids.as_ref())).set_subnet_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.subnets, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, Subnet::subnet_id, |it| owner(session, it.owner_id()))
}
