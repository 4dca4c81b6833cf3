//! GetImageBlockPublicAccessState.

use bellwether_model::judge::{Observation, Observed};
use bellwether_model::operations::ec2::GetImageBlockPublicAccessState;
use bellwether_model::{Account, Name};

use crate::wire::Session;
use crate::wire::names::text;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &GetImageBlockPublicAccessState,
    _made: &Name,
) -> Result<Observation, Observation> {
    let GetImageBlockPublicAccessState {} = call;
    let request = session
        .clients(actor)?
        .ec2
        .get_image_block_public_access_state()
        .set_dry_run(session.dry_run);
    let reply = session.count(request.send()).await?;
    let state = text(reply.image_block_public_access_state());
    Ok(Observation::Granted(Observed::default().with("ImageBlockPublicAccessState", state)))
}
