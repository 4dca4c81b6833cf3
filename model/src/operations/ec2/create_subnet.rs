//! CreateSubnet.

use crate::answer::{Conditions, Decision, Expected, Reply};
use crate::compute::{plain_vpc, require_ownership};
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::subnet;
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a subnet, in a VPC of its own where none is named.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html>
    pub struct CreateSubnet {
        /// The VPC; a new one is made for the subnet where it is left out.
        vpc_id: Option<Reference> = "VpcId",
    }
}

impl Operation for CreateSubnet {
    const TOPIC: Topic = Topic::Sharing;
    const MAKES: &'static str = "net";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 6;
    const MAKES_LAUNCHABLE: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let subnets = world.resources.values().filter(|it| matches!(it.kind, Kind::Subnet { .. }));
        if subnets.filter(|it| it.owner == actor && !it.deleted).count() >= 3 {
            return None;
        }
        let odd = dice.percent(4);
        let vpcs = world
            .resources
            .iter()
            .filter(|(_, it)| it.kind == Kind::Vpc && !it.deleted && (it.owner == actor || odd));
        let named = vpcs.map(|(name, _)| name.clone()).filter(|it| !it.as_str().contains('.'));
        let vpc_id = if dice.percent(75) { dice.pick_from(named) } else { None };
        Some(Self { vpc_id: vpc_id.map(Reference::Named) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if let Some(vpc) = &self.vpc_id {
            let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
            let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
            require_ownership(
                world,
                actor,
                vpc,
                is_vpc,
                [unknown, &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE],
                &mut conditions,
            );
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let vpc = if let Some(vpc) = self.vpc_id.as_ref().and_then(Reference::name) {
            vpc.clone()
        } else {
            let vpc = plain_vpc(made);
            let resource = Resource { owner: actor, deleted: false, kind: Kind::Vpc };
            world.resources.insert(vpc.clone(), resource);
            vpc
        };
        let resource = Resource { owner: actor, deleted: false, kind: Kind::Subnet { vpc } };
        world.resources.insert(made.clone(), resource);
        Reply::granted(&subnet::MADE_BY_ITS_OWNER).with(
            "OwnerId",
            Expected::Account(actor),
            &subnet::MADE_BY_ITS_OWNER,
        )
    }
}
