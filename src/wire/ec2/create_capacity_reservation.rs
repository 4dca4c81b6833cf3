//! CreateCapacityReservation.

use aws_sdk_ec2::types::{
    CapacityReservation, CapacityReservationInstancePlatform, InstanceMatchCriteria, InstanceType,
};
use bellwether_model::judge::Observation;
use bellwether_model::operations::ec2::CreateCapacityReservation;
use bellwether_model::{Account, Name};

use super::{granted_to, keep};
use crate::wire::Session;

pub(super) async fn send(
    session: &mut Session,
    actor: Account,
    _call: &CreateCapacityReservation,
    made: &Name,
) -> Result<Observation, Observation> {
    let request =
        session.clients(actor)?.ec2.create_capacity_reservation().set_dry_run(session.dry_run);
    let request = request
        .instance_type(InstanceType::T3Nano.as_str())
        .instance_platform(CapacityReservationInstancePlatform::LinuxUnix)
        .availability_zone(format!("{}a", session.names.region_name()))
        .instance_count(CreateCapacityReservation::COUNT)
        // What does not name the reservation has no part in it.
        .instance_match_criteria(InstanceMatchCriteria::Targeted);
    let reply = session.count(request.send()).await?;
    let reservation = reply.capacity_reservation.as_ref();
    let id = reservation.and_then(CapacityReservation::capacity_reservation_id);
    keep(session, actor, made, "capacity-reservation", id)?;
    Ok(granted_to(session, reservation.and_then(CapacityReservation::owner_id)))
}
