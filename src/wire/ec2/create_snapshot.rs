//! CreateSnapshot.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateSnapshot;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;
use crate::wire::fixtures::requests::await_snapshot;
use crate::wire::fixtures::{delete_volume, volume};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &CreateSnapshot,
    made: &Name,
) -> Result<Observation, Observation> {
    let CreateSnapshot {} = call;
    let volume = volume(session, actor, made).await?;
    let request = session.clients(actor)?.ec2.create_snapshot().set_dry_run(session.dry_run);
    let made_of = session.count(request.volume_id(&volume).send()).await;
    if let Ok(reply) = &made_of {
        keep(session, actor, made, "snapshot", reply.snapshot_id())?;
        await_snapshot(session, actor, made).await?;
    }
    delete_volume(session, actor, &volume).await;
    made_of.map(|_| granted())
}
