//! CreateVpc.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::resources::ipam_pool::PLAIN;
use crate::rules::{ipam_pool, subnet};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html>
    pub struct CreateVpc {
        /// The IPAM pool that its addresses are allocated from; plain ones if it is left out.
        ipv4_ipam_pool_id: Option<Reference> = "Ipv4IpamPoolId",
    }
}

impl Operation for CreateVpc {
    const TOPIC: Topic = Topic::Sharing;
    const MAKES: &'static str = "vpc";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = world.resources.values().filter(|it| it.owner == actor && it.kind == Kind::Vpc);
        let most = if actor == Account::OWNER { 2 } else { 1 };
        if own.count() >= most || !dice.percent(60) {
            return None;
        }
        let has_pools = world.resources.values().any(|it| PLAIN.includes(&it.kind));
        let pooled = has_pools && dice.percent(50);
        let ipv4_ipam_pool_id = if pooled { PLAIN.draw_use(world, actor, dice) } else { None };
        Some(Self { ipv4_ipam_pool_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(pool) = &self.ipv4_ipam_pool_id {
            PLAIN.require(world, actor, pool, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let resource = Resource { owner: actor, deleted: false, kind: Kind::Vpc };
        world.resources.insert(made.clone(), resource);
        let pool = self.ipv4_ipam_pool_id.as_ref().and_then(Reference::name);
        let rule = if let Some(pool) = pool {
            world.vpc_pools.insert(made.clone(), pool.clone());
            &ipam_pool::VPC_MADE_FROM_A_VISIBLE_POOL
        } else {
            &subnet::MADE_BY_ITS_OWNER
        };
        Reply::granted(rule).with("OwnerId", Expected::Account(actor), &subnet::MADE_BY_ITS_OWNER)
    }
}
