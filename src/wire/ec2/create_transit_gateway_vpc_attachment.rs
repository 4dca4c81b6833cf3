//! CreateTransitGatewayVpcAttachment.

use aws_sdk_ec2::types::TransitGatewayVpcAttachment;
use bellwether_model::compute::plain_vpc;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateTransitGatewayVpcAttachment;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::{Session, fixtures};

/// A well-formed id of no VPC, for subnets of which none is known.
const UNKNOWN_VPC: &str = "vpc-0123456789abcdef0";

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateTransitGatewayVpcAttachment,
    made: &Name,
) -> Result<Observation, Observation> {
    let gateway = session.names.sent(&call.transit_gateway_id)?;
    let (subnet, vpc) = if let Some(subnet) = &call.subnet_ids {
        let vpc = session.fixtures.vpc(subnet).unwrap_or(UNKNOWN_VPC);
        (session.names.sent(subnet)?, vpc.to_owned())
    } else {
        let vpc_name = plain_vpc(made);
        let subnet_name = Name::new(format!("{made}.subnet"));
        let subnet = fixtures::subnet(session, actor, &subnet_name, &vpc_name).await?;
        (subnet, session.names.id(&vpc_name)?)
    };
    let clients = session.clients(actor)?;
    let request = clients.ec2.create_transit_gateway_vpc_attachment().set_dry_run(session.dry_run);
    let request = request.transit_gateway_id(gateway).vpc_id(vpc).subnet_ids(subnet);
    let reply = session.count(request.send()).await?;
    let attachment = reply.transit_gateway_vpc_attachment.as_ref();
    let id = attachment.and_then(TransitGatewayVpcAttachment::transit_gateway_attachment_id);
    keep(session, actor, made, "transit-gateway-attachment", id)?;
    Ok(granted())
}
