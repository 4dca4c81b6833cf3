//! DisableImageDeprecation.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DisableImageDeprecation;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisableImageDeprecation,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.image_id)?;
    let request =
        session.clients(actor)?.ec2.disable_image_deprecation().set_dry_run(session.dry_run);
    session.count(request.image_id(id).send()).await?;
    Ok(granted())
}
