//! DeleteHostedZone.

use bellwether_model::judge::Observation;
use bellwether_model::operations::route53::DeleteHostedZone;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeleteHostedZone,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.id)?;
    let request = session.clients(actor)?.route53.delete_hosted_zone().id(id);
    session.count(request.send()).await?;
    Ok(granted())
}
