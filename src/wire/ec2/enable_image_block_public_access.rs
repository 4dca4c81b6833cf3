//! EnableImageBlockPublicAccess.

use aws_sdk_ec2::types::ImageBlockPublicAccessEnabledState;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::EnableImageBlockPublicAccess;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &EnableImageBlockPublicAccess,
    _made: &Name,
) -> Result<Observation, Observation> {
    let EnableImageBlockPublicAccess {} = call;
    let state = ImageBlockPublicAccessEnabledState::BlockNewSharing;
    let request =
        session.clients(actor)?.ec2.enable_image_block_public_access().set_dry_run(session.dry_run);
    session.count(request.image_block_public_access_state(state).send()).await?;
    Ok(granted())
}
