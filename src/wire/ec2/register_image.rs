//! RegisterImage.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RegisterImage;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;
use crate::wire::fixtures::requests::{await_image, make_image};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RegisterImage,
    made: &Name,
) -> Result<Observation, Observation> {
    let snapshot = call.snapshot_id.as_ref();
    let snapshot = snapshot.map(|named| session.names.sent(named)).transpose()?;
    let is_stored = snapshot.is_some();
    let dry_run = session.dry_run;
    make_image(session, actor, made, snapshot, dry_run).await?;
    if is_stored {
        await_image(session, actor, made).await?;
    }
    Ok(granted())
}
