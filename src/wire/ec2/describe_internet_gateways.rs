//! DescribeInternetGateways.

use aws_sdk_ec2::types::InternetGateway;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeInternetGateways;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeInternetGateways,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.internet_gateway_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_internet_gateways().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_internet_gateway_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.internet_gateways, page.next_token))
        }
    };
    let items = all(session, page).await?;
    listed(session, &items, InternetGateway::internet_gateway_id, |it| {
        owner(session, it.owner_id())
    })
}
