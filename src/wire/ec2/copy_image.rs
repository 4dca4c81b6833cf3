//! CopyImage.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CopyImage;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;
use crate::wire::fixtures::requests::{await_image, image_name};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CopyImage,
    made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.source_image_id)?;
    let request = session.clients(actor)?.ec2.copy_image().set_dry_run(session.dry_run);
    let request = request
        .name(image_name(made))
        .source_image_id(id)
        .source_region(session.names.region_name());
    let reply = session.count(request.send()).await?;
    keep(session, actor, made, "image", reply.image_id())?;
    await_image(session, actor, made).await?;
    Ok(granted())
}
