//! CancelCapacityReservation.

use crate::answer::{Conditions, Decision, Reply};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::capacity_reservation::PLAIN;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Cancels a capacity reservation.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CancelCapacityReservation.html>
    pub struct CancelCapacityReservation {
        /// The reservation.
        capacity_reservation_id: Reference = "CapacityReservationId",
    }
}

impl Operation for CancelCapacityReservation {
    const TOPIC: Topic = Topic::CapacityReservations;
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let capacity_reservation_id = PLAIN.draw(world, actor, dice)?;
        Some(Self { capacity_reservation_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        PLAIN.require_end(world, actor, &self.capacity_reservation_id, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        PLAIN.end(world, &self.capacity_reservation_id)
    }
}
