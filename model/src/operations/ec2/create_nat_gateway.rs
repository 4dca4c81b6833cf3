//! CreateNatGateway.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, owns_any, require_ownership};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{nat_gateway, subnet};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a NAT gateway in a subnet: a private one, which needs no Elastic IP address.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html>
    pub struct CreateNatGateway {
        /// The subnet.
        subnet_id: Reference = "SubnetId",
    }
}

impl Operation for CreateNatGateway {
    const TOPIC: Topic = Topic::VpcParts;
    const MAKES: &'static str = "nat";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 2;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 4, seen: 4, near: 1, far: 1 };
        let is_subnet = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
        let subnet_id = draw_resource(world, actor, dice, is_subnet, weights)?;
        let has_one = owns_any(world, actor, |kind| matches!(kind, Kind::NatGateway { .. }));
        (!has_one).then_some(Self { subnet_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::KNOWN_TO_THE_CALLER;
        let is_subnet = |kind: &Kind| matches!(kind, Kind::Subnet { .. });
        let named = &self.subnet_id;
        require_ownership(
            world,
            actor,
            named,
            is_subnet,
            [unknown, &nat_gateway::MADE_BY_THE_VPC_OWNER_ALONE],
            &mut conditions,
        );
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        if let Some(subnet) = self.subnet_id.name() {
            let kind = Kind::NatGateway { subnet: subnet.clone() };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        Reply::granted(&nat_gateway::MADE_BY_THE_VPC_OWNER)
    }
}
