//! SearchTransitGatewayRoutes.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{Filter, TransitGatewayRouteAttachment};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::SearchTransitGatewayRoutes;
use bellwether_model::{Account, Name};
use smol_str::SmolStr;

use super::{PAGE, all, rows_of};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &SearchTransitGatewayRoutes,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.route_table_id)?;
    let request =
        session.clients(actor)?.ec2.search_transit_gateway_routes().set_dry_run(session.dry_run);
    let filter = Filter::builder().name("type").values("static").build();
    let request = request.transit_gateway_route_table_id(id).filters(filter).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.routes, page.next_token))
        }
    };
    let mut blocks: BTreeMap<String, Vec<SmolStr>> = BTreeMap::new();
    for route in all(session, page).await? {
        let attachments = route.transit_gateway_attachments().iter();
        let ids =
            attachments.filter_map(TransitGatewayRouteAttachment::transit_gateway_attachment_id);
        for id in ids {
            let block = route.destination_cidr_block().unwrap_or_default();
            blocks.entry(id.to_owned()).or_default().push(block.into());
        }
    }
    let items: Vec<_> = blocks.into_iter().collect();
    rows_of(
        session,
        &items,
        |(id, _)| Some(id.as_str()),
        |(_, blocks)| [("DestinationCidrBlock", Value::Set(blocks.clone()))],
    )
}
