//! CreateNatGateway.

use aws_sdk_ec2::types::{ConnectivityType, NatGateway};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateNatGateway;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateNatGateway,
    made: &Name,
) -> Result<Observation, Observation> {
    let subnet = session.names.sent(&call.subnet_id)?;
    let request = session.clients(actor)?.ec2.create_nat_gateway().set_dry_run(session.dry_run);
    let request = request.subnet_id(subnet).connectivity_type(ConnectivityType::Private);
    let reply = session.count(request.send()).await?;
    let gateway = reply.nat_gateway.as_ref();
    keep(session, actor, made, "natgateway", gateway.and_then(NatGateway::nat_gateway_id))?;
    Ok(granted())
}
