//! GetTransitGatewayRouteTablePropagations.

use aws_sdk_ec2::types::{TransitGatewayPropagationState, TransitGatewayRouteTablePropagation};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::GetTransitGatewayRouteTablePropagations;
use bellwether_model::{Account, Name};

use super::{PAGE, all, rows_of};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetTransitGatewayRouteTablePropagations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.route_table_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .get_transit_gateway_route_table_propagations()
        .set_dry_run(session.dry_run);
    let request = request.transit_gateway_route_table_id(id).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.transit_gateway_route_table_propagations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    let attachment = TransitGatewayRouteTablePropagation::transit_gateway_attachment_id;
    rows_of(session, &items, attachment, |_| Vec::new())
}

/// Whether a propagation is listed though it has ended.
fn is_gone(propagation: &TransitGatewayRouteTablePropagation) -> bool {
    matches!(
        propagation.state(),
        Some(TransitGatewayPropagationState::Disabling | TransitGatewayPropagationState::Disabled)
    )
}
