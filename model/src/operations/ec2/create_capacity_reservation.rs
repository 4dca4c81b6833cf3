//! CreateCapacityReservation.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::capacity_reservation::PLAIN;
use crate::rules::capacity_reservation;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Reserves capacity for instances that name the reservation.
    ///
    /// It costs money on AWS from the moment it is granted, whether anything runs in it or not.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html>
    pub struct CreateCapacityReservation {}
}

impl CreateCapacityReservation {
    /// For how many instances it is.
    pub const COUNT: i32 = 10;
}

impl Operation for CreateCapacityReservation {
    const TOPIC: Topic = Topic::CapacityReservations;
    const MAKES: &'static str = "reservation";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, _dice: &mut Dice<'_>) -> Option<Self> {
        PLAIN.draw_new(world, actor).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let rule = &capacity_reservation::MADE_BY_ITS_OWNER;
        PLAIN.make(world, actor, made).with("OwnerId", Expected::Account(actor), rule)
    }
}
