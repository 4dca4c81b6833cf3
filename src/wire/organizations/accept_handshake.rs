//! AcceptHandshake.

use bellwether_model::judge::Observation;
use bellwether_model::operations::organizations::AcceptHandshake;
use bellwether_model::{Account, Name};

use crate::wire::{Session, granted};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &AcceptHandshake,
    _made: &Name,
) -> Result<Observation, Observation> {
    let handshake = session.names.sent(&call.handshake)?;
    let request = session.clients(actor)?.organizations.accept_handshake().handshake_id(handshake);
    session.count(request.send()).await?;
    Ok(granted())
}
