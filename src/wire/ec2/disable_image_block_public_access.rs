//! DisableImageBlockPublicAccess.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DisableImageBlockPublicAccess;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DisableImageBlockPublicAccess,
    _made: &Name,
) -> Result<Observation, Observation> {
    let DisableImageBlockPublicAccess {} = call;
    let request = session
        .clients(actor)?
        .ec2
        .disable_image_block_public_access()
        .set_dry_run(session.dry_run);
    session.count(request.send()).await?;
    Ok(granted())
}
