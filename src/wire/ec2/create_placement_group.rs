//! CreatePlacementGroup.

use aws_sdk_ec2::types::{PlacementGroup, PlacementStrategy};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreatePlacementGroup;
use bellwether_model::parameters::Reference;
use bellwether_model::{Account, Name};

use super::{granted, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreatePlacementGroup,
    made: &Name,
) -> Result<Observation, Observation> {
    let request = session.clients(actor)?.ec2.create_placement_group().set_dry_run(session.dry_run);
    let request = request.group_name(name_of(made)).strategy(PlacementStrategy::Spread);
    let reply = session.count(request.send()).await?;
    let group = reply.placement_group.as_ref();
    let id = group.and_then(PlacementGroup::group_id);
    match (id, group.and_then(PlacementGroup::group_arn)) {
        (Some(id), Some(arn)) => session.names.keep_with_arn(made, id, arn),
        (id, _) => keep(session, actor, made, "placement-group", id)?,
    }
    Ok(granted())
}

/// The name of a placement group.
fn name_of(made: &Name) -> String {
    format!("bellwether-{made}")
}

/// The name of the placement group that a call names, or the literal that stands in its place.
///
/// # Errors
///
/// The target never made it.
pub(super) fn sent_name(session: &Session, named: &Reference) -> Result<String, Observation> {
    match named {
        Reference::Named(name) => session.names.id(name).map(|_made| name_of(name)),
        Reference::Literal(text) => Ok(session.names.filled(text)),
    }
}
