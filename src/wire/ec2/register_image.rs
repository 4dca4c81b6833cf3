//! RegisterImage.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::RegisterImage;
use bellwether_model::{Account, Name};

use super::granted;
use crate::wire::Session;
use crate::wire::fixtures::requests::make_image;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &RegisterImage,
    made: &Name,
) -> Result<Observation, Observation> {
    let RegisterImage {} = call;
    let dry_run = session.dry_run;
    make_image(session, actor, made, dry_run).await?;
    Ok(granted())
}
