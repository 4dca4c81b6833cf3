//! CreateVpcEndpoint.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::{Weights, draw_resource, owns_any, require_ownership};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{subnet, vpc_endpoint};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a VPC endpoint in a VPC: one of the gateway type, for Amazon S3, with no route to it.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html>
    pub struct CreateVpcEndpoint {
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for CreateVpcEndpoint {
    const TOPIC: Topic = Topic::VpcParts;
    const MAKES: &'static str = "endpoint";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        // One that keeps its VPC by itself tells more than one beside a subnet.
        let empty = world.resources.iter().filter(|(name, it)| {
            let own = it.kind == Kind::Vpc && it.owner == actor && !it.deleted;
            own && !name.as_str().contains('.') && world.inside(name).next().is_none()
        });
        let empty = dice.pick_from(empty.map(|(name, _)| Reference::Named(name.clone())));
        let vpc_id = empty.filter(|_| dice.percent(40)).or_else(|| {
            let weights = Weights { own: 4, seen: 4, near: 1, far: 1 };
            draw_resource(world, actor, dice, |kind| *kind == Kind::Vpc, weights)
        })?;
        let has_one = owns_any(world, actor, |kind| matches!(kind, Kind::VpcEndpoint { .. }));
        (!has_one).then_some(Self { vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        require_ownership(
            world,
            actor,
            &self.vpc_id,
            is_vpc,
            [unknown, &vpc_endpoint::MADE_BY_THE_VPC_OWNER_ALONE],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        if let Some(vpc) = self.vpc_id.name() {
            let kind = Kind::VpcEndpoint { vpc: vpc.clone() };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        let rule = &vpc_endpoint::MADE_BY_THE_VPC_OWNER;
        Reply::granted(rule).with("OwnerId", Expected::Account(actor), rule)
    }
}
