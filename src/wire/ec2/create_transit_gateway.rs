//! CreateTransitGateway.

use aws_sdk_ec2::types::{
    AutoAcceptSharedAttachmentsValue, TransitGateway, TransitGatewayRequestOptions,
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
    let options = TransitGatewayRequestOptions::builder()
        .auto_accept_shared_attachments(AutoAcceptSharedAttachmentsValue::Enable);
    let options = call.auto_accept_shared_attachments.then(|| options.build());
    let request = session.clients(actor)?.ec2.create_transit_gateway();
    let reply = session.count(request.set_options(options).send()).await?;
    let gateway = reply.transit_gateway.as_ref();
    let id = gateway.and_then(TransitGateway::transit_gateway_id);
    keep(session, actor, made, "transit-gateway", id)?;
    Ok(granted_to(session, gateway.and_then(TransitGateway::owner_id)))
}
