//! DisassociateVPCFromHostedZone.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::DisassociateVPCFromHostedZone;
use bellwether_model::{Account, Name};

use super::vpc;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisassociateVPCFromHostedZone,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.hosted_zone_id)?;
    let vpc = vpc(session, &call.vpc_id)?;
    let request = session.clients(actor)?.route53.disassociate_vpc_from_hosted_zone();
    session.count(request.hosted_zone_id(id).vpc(vpc).send()).await?;
    Ok(granted())
}
