//! CreateHostedZone.

use aws_sdk_route53::types::HostedZoneConfig;
use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::CreateHostedZone;
use bellwether_model::{Account, Name};

use super::{keep_zone, vpc};
use crate::wire::dns::token;
use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateHostedZone,
    made: &Name,
) -> Result<Observation, Observation> {
    let vpc = vpc(session, &call.vpc_id)?;
    let token = token(session, made);
    let domain = session.fixtures.domain_or_next(&call.name);
    let config = HostedZoneConfig::builder().private_zone(true).build();
    let request = session.clients(actor)?.route53.create_hosted_zone().name(domain);
    let request = request.caller_reference(token).hosted_zone_config(config).vpc(vpc);
    let reply = session.count(request.send()).await?;
    keep_zone(session, made, reply.hosted_zone.as_ref().map(|zone| zone.id.as_str()))?;
    Ok(granted())
}
