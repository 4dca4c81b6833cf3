//! GetHostedZone.

use bellwether_model::answer::Value;
use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::route53::GetHostedZone;
use bellwether_model::{Account, Name};

use super::vpc_names;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetHostedZone,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.id)?;
    let request = session.clients(actor)?.route53.get_hosted_zone().id(id);
    let reply = session.count(request.send()).await?;
    let vpcs = vpc_names(session, reply.vpcs());
    let fields = vec![("VPCs", Value::Set(vpcs))];
    Ok(Observation::Granted(Observed { fields, rows: Vec::new() }))
}
