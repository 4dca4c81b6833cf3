//! DescribeRouteTables.

use std::collections::BTreeSet;

use aws_sdk_ec2::types::{Route, RouteTable};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeRouteTables;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, rows_of, sent_all};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeRouteTables,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.route_table_ids)?;
    let request = session.clients(actor)?.ec2.describe_route_tables().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_route_table_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.route_tables, page.next_token))
        }
    };
    let items = all(session, page).await?;
    rows_of(session, &items, RouteTable::route_table_id, |it| {
        let ids = it.routes().iter().filter_map(Route::transit_gateway_id);
        // Several routes may go to one gateway.
        let gateways: BTreeSet<_> = ids.filter_map(|id| session.names.name(id)).collect();
        let gateways = gateways.into_iter().map(|name| name.as_str().into()).collect();
        [owner(session, it.owner_id()), ("Routes", Value::Set(gateways))]
    })
}
