//! The operations of RAM.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name};

use super::Session;

pub(super) async fn send(
    _session: &mut Session,
    _actor: Account,
    call: &Call,
    _made: &Name,
) -> Result<Observation, Observation> {
    Err(Observation::Unsendable(format!(
        "{} is not yet sent",
        call.operation()
    )))
}
