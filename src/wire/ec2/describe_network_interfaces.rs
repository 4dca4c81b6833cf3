//! DescribeNetworkInterfaces.

use aws_sdk_ec2::types::{GroupIdentifier, NetworkInterface};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeNetworkInterfaces;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, rows_of, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeNetworkInterfaces,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.network_interface_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_network_interfaces().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_network_interface_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.network_interfaces, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, NetworkInterface::network_interface_id, |it| {
        let ids = it.groups().iter().filter_map(GroupIdentifier::group_id);
        let names = ids.filter_map(|id| session.names.name(id));
        let groups = names.map(|name| name.as_str().into()).collect();
        [owner(session, it.owner_id()), ("Groups", Value::Set(groups))]
    })
}
