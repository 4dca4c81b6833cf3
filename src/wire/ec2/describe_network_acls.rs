//! DescribeNetworkAcls.

use aws_sdk_ec2::types::NetworkAcl;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeNetworkAcls;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeNetworkAcls,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.network_acl_ids)?;
    let request = session.clients(actor)?.ec2.describe_network_acls().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_network_acl_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.network_acls, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, NetworkAcl::network_acl_id, |it| owner(session, it.owner_id()))
}
