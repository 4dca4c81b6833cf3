//! CreateTransitGateway.

use aws_sdk_ec2::types::{
    AutoAcceptSharedAttachmentsValue, DefaultRouteTableAssociationValue,
    DefaultRouteTablePropagationValue, TransitGateway, TransitGatewayRequestOptions,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateTransitGateway;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateTransitGateway,
    made: &Name,
) -> Result<Observation, Observation> {
    let accepts =
        call.auto_accept_shared_attachments.then_some(AutoAcceptSharedAttachmentsValue::Enable);
    // A default route table would route what is attached before the scenario does.
    let options = TransitGatewayRequestOptions::builder()
        .set_auto_accept_shared_attachments(accepts)
        .default_route_table_association(DefaultRouteTableAssociationValue::Disable)
        .default_route_table_propagation(DefaultRouteTablePropagationValue::Disable);
    let request = session.clients(actor)?.ec2.create_transit_gateway().set_dry_run(session.dry_run);
    let reply = session.count(request.options(options.build()).send()).await?;
    let gateway = reply.transit_gateway.as_ref();
    let id = gateway.and_then(TransitGateway::transit_gateway_id);
    keep(session, actor, made, "transit-gateway", id)?;
    Ok(granted_to(session, gateway.and_then(TransitGateway::owner_id)))
}
