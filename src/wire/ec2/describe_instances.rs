//! DescribeInstances.

use aws_sdk_ec2::types::{Instance, InstanceStateName, Placement};
use bellwether_model::answer::Value;
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeInstances;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, sent_all};
use crate::wire::names::text;
use crate::wire::{Session, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeInstances,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.instance_ids)?;
    let request = session.clients(actor)?.ec2.describe_instances().set_dry_run(session.dry_run);
    let request = request.set_max_results(page_size(ids.as_ref())).set_instance_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.reservations, page.next_token))
        }
    };
    let reservations = all(session, page).await?;
    let owned = |it: &aws_sdk_ec2::types::Reservation| {
        let owner_id = it.owner_id.clone();
        let instances = it.instances.clone().unwrap_or_default().into_iter();
        instances.map(move |instance| (instance, owner_id.clone()))
    };
    let mut items: Vec<_> = reservations.iter().flat_map(owned).collect();
    items.retain(|(instance, _)| !is_gone(instance));
    rows_of(
        session,
        &items,
        |(instance, _)| instance.instance_id(),
        |(instance, owner_id)| {
            let place = instance.placement();
            [
                owner(session, owner_id.as_deref()),
                ("CapacityReservationId", named(session, instance.capacity_reservation_id())),
                ("GroupId", named(session, place.and_then(Placement::group_id))),
                ("HostId", named(session, place.and_then(Placement::host_id))),
            ]
        },
    )
}

/// Returns the name in the scenario of a resource of an instance; an empty id is none.
fn named(session: &Session, id: Option<&str>) -> Value {
    let id = id.filter(|id| !id.is_empty());
    text(id.map(|id| session.names.name(id).map_or(id, Name::as_str)))
}

/// Whether an instance is listed though it has ended, or is about to.
fn is_gone(instance: &Instance) -> bool {
    let state = instance.state().and_then(|state| state.name());
    matches!(state, Some(InstanceStateName::ShuttingDown | InstanceStateName::Terminated))
}
