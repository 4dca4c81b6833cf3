//! CancelCapacityReservation.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CancelCapacityReservation;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CancelCapacityReservation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.capacity_reservation_id)?;
    let request =
        session.clients(actor)?.ec2.cancel_capacity_reservation().set_dry_run(session.dry_run);
    session.count(request.capacity_reservation_id(id).send()).await?;
    Ok(granted())
}
