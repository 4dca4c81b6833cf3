//! DescribeVpcEndpoints.

use aws_sdk_ec2::types::{State, VpcEndpoint};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeVpcEndpoints;
use bellwether_model::{Account, Name};

use super::{all, listed, owner, page_size, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeVpcEndpoints,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.vpc_endpoint_ids)?;
    let request = session.clients(actor)?.ec2.describe_vpc_endpoints().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_vpc_endpoint_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.vpc_endpoints, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    listed(session, &items, VpcEndpoint::vpc_endpoint_id, |it| owner(session, it.owner_id()))
}

/// Whether an endpoint is listed though it has been deleted.
fn is_gone(endpoint: &VpcEndpoint) -> bool {
    matches!(endpoint.state(), Some(State::Deleting | State::Deleted))
}
