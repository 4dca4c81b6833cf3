//! DescribeCapacityReservations.

use crate::answer::{Decision, Expected, Field, Reply};
use crate::dice::Dice;
use crate::operations::ec2::CreateCapacityReservation;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::capacity_reservation::PLAIN;
use crate::rules::capacity_reservation;
use crate::world::{Kind, World};
use crate::{Account, Name};

operation! {
    /// Lists the capacity reservations that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCapacityReservations.html>
    pub struct DescribeCapacityReservations {
        /// Only these reservations.
        capacity_reservation_ids: Vec<Reference> = "CapacityReservationIds",
    }
}

impl Operation for DescribeCapacityReservations {
    const TOPIC: Topic = Topic::CapacityReservations;
    const WRITES: bool = false;
    const WEIGHT: usize = 1;
    const LISTS: Option<fn(&Kind) -> bool> = Some(|kind| PLAIN.includes(kind));

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let capacity_reservation_ids = PLAIN.draw_asked(world, actor, dice)?;
        Some(Self { capacity_reservation_ids })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        PLAIN.require_asked(world, actor, &self.capacity_reservation_ids).decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let mut reply = PLAIN.list(world, actor, &self.capacity_reservation_ids);
        for row in reply.rows.iter_mut().filter(|row| row.present) {
            let expected = Expected::Text(CreateCapacityReservation::COUNT.to_string().into());
            let rule = &capacity_reservation::COUNTED_FOR_CONSUMERS;
            row.fields.push(Field { name: "TotalInstanceCount", expected, rule });
        }
        reply
    }
}
