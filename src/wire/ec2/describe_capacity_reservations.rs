//! DescribeCapacityReservations.

use aws_sdk_ec2::types::{CapacityReservation, CapacityReservationState};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::DescribeCapacityReservations;
use bellwether_model::{Account, Name};

use super::{all, owner, page_size, sent_all};
use crate::wire::names::text;
use crate::wire::{Session, rows_of};

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    call: &DescribeCapacityReservations,
    _made: &Name,
) -> Result<Observation, Observation> {
    let ids = sent_all(session, &call.capacity_reservation_ids)?;
    let request =
        session.clients(actor)?.ec2.describe_capacity_reservations().set_dry_run(session.dry_run);
    let request =
        request.set_max_results(page_size(ids.as_ref())).set_capacity_reservation_ids(ids);
    let page = |token| {
        let request = request.clone().set_next_token(token);
        async {
            let page = request.send().await?;
            Ok((page.capacity_reservations, page.next_token))
        }
    };
    let mut items = all(session, page).await?;
    items.retain(|it| !is_gone(it));
    rows_of(session, &items, CapacityReservation::capacity_reservation_id, |it| {
        let count = it.total_instance_count().map(|count| count.to_string());
        [owner(session, it.owner_id()), ("TotalInstanceCount", text(count.as_deref()))]
    })
}

/// Whether a reservation is listed though it has ended.
fn is_gone(reservation: &CapacityReservation) -> bool {
    matches!(
        reservation.state(),
        Some(
            CapacityReservationState::Cancelled
                | CapacityReservationState::Expired
                | CapacityReservationState::Failed
        )
    )
}
