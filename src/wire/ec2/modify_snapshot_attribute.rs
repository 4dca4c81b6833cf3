//! ModifySnapshotAttribute.

use aws_sdk_ec2::types::{
    CreateVolumePermission, CreateVolumePermissionModifications, SnapshotAttributeName,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::ModifySnapshotAttribute;
use bellwether_model::{Account, Name, Principal};

use super::granted;
use crate::wire::{Names, Session};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &ModifySnapshotAttribute,
    _made: &Name,
) -> Result<Observation, Observation> {
    let id = session.names.sent(&call.snapshot_id)?;
    let modifications = CreateVolumePermissionModifications::builder()
        .set_add(permissions(&session.names, &call.add))
        .set_remove(permissions(&session.names, &call.remove))
        .build();
    let request =
        session.clients(actor)?.ec2.modify_snapshot_attribute().set_dry_run(session.dry_run);
    let request = request
        .snapshot_id(id)
        .attribute(SnapshotAttributeName::CreateVolumePermission)
        .create_volume_permission(modifications);
    session.count(request.send()).await?;
    Ok(granted())
}

/// The permissions as they are sent; `None` if there are none.
fn permissions(names: &Names, principals: &[Principal]) -> Option<Vec<CreateVolumePermission>> {
    let sent = principals.iter().map(|principal| {
        CreateVolumePermission::builder().user_id(names.sent_principal(principal)).build()
    });
    let sent: Vec<_> = sent.collect();
    (!sent.is_empty()).then_some(sent)
}
