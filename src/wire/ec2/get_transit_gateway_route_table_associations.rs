//! GetTransitGatewayRouteTableAssociations.

use aws_sdk_ec2::types::{TransitGatewayAssociationState, TransitGatewayRouteTableAssociation};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::GetTransitGatewayRouteTableAssociations;
use bellwether_model::{Account, Name};

use super::{PAGE, all, rows_of};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetTransitGatewayRouteTableAssociations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.route_table_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .get_transit_gateway_route_table_associations()
        .set_dry_run(session.dry_run);
    let request = request.transit_gateway_route_table_id(id).max_results(PAGE);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.associations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    let attachment = TransitGatewayRouteTableAssociation::transit_gateway_attachment_id;
    rows_of(session, &items, attachment, |_| Vec::new())
}

/// Whether an association is listed though it has ended.
fn is_gone(association: &TransitGatewayRouteTableAssociation) -> bool {
    matches!(
        association.state(),
        Some(
            TransitGatewayAssociationState::Disassociating
                | TransitGatewayAssociationState::Disassociated
        )
    )
}
