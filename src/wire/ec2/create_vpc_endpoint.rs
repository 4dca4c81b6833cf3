//! CreateVpcEndpoint.

use aws_sdk_ec2::types::{VpcEndpoint, VpcEndpointType};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateVpcEndpoint;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateVpcEndpoint,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = session.names.sent(&call.vpc_id)?;
    let request = session.clients(actor)?.ec2.create_vpc_endpoint().set_dry_run(session.dry_run);
    let request = request
        .vpc_id(vpc)
        .service_name(format!("com.amazonaws.{}.s3", session.names.region_name()))
        .vpc_endpoint_type(VpcEndpointType::Gateway);
    let reply = session.count(request.send()).await?;
    let endpoint = reply.vpc_endpoint.as_ref();
    keep(session, actor, made, "vpc-endpoint", endpoint.and_then(VpcEndpoint::vpc_endpoint_id))?;
    Ok(granted_to(session, endpoint.and_then(VpcEndpoint::owner_id)))
}
