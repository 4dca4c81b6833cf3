//! DescribeVpcs.

use aws_sdk_ec2::types::Vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeVpcs;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeVpcs,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.vpc_ids)?;
    let request = session.clients(actor)?.ec2.describe_vpcs().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_vpc_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.vpcs, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, Vpc::vpc_id, |it| owner(session, it.owner_id()))
}
