//! CreateIpamPool.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::operation;
use crate::resources::ipam_pool::PLAIN;
use crate::rules::ipam_pool;
use crate::world::World;
use crate::{Account, Name};

operation! {
    /// Makes an IPAM pool with a block of addresses in it, in an IPAM of the caller's own.
    ///
    /// IPAM costs money on AWS by the addresses that it watches.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateIpamPool.html>
    pub struct CreateIpamPool {}
}

impl Operation for CreateIpamPool {
    const TOPIC: Topic = Topic::IpamPools;
    const MAKES: &'static str = "pool";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Unknown);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let administers = world.administers_ipam(actor);
        let worthwhile = administers || dice.percent(8);
        (worthwhile && PLAIN.draw_new(world, actor)).then_some(Self {})
    }

    fn check(&self, _world: &World, _actor: Account) -> Decision {
        Conditions::default().decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let rule = &ipam_pool::MADE_BY_ITS_OWNER;
        PLAIN.make(world, actor, made).with("OwnerId", Expected::Account(actor), rule)
    }
}
