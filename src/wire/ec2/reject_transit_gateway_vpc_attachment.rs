//! RejectTransitGatewayVpcAttachment.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RejectTransitGatewayVpcAttachment;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RejectTransitGatewayVpcAttachment,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.attachment_id)?;
    let request = session
        .clients(actor)?
        .ec2
        .reject_transit_gateway_vpc_attachment()
        .set_dry_run(session.dry_run);
    session.count(request.transit_gateway_attachment_id(id).send()).await?;
    Ok(granted())
}
