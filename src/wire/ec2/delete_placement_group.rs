//! DeletePlacementGroup.

use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DeletePlacementGroup;
use bellwether_model::{Account, Name};

use super::create_placement_group::sent_name;
use super::granted;
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DeletePlacementGroup,
    _made: &Name,
) -> Result<Observation, Observation> {
    let name = sent_name(session, &call.group_name)?;
    let request = session.clients(actor)?.ec2.delete_placement_group().set_dry_run(session.dry_run);
    session.count(request.group_name(name).send()).await?;
    Ok(granted())
}
