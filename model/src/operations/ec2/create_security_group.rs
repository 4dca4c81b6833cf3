//! CreateSecurityGroup.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::require_seen;
use crate::dice::Dice;
use crate::operations::{LostAnswer, Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{security_group, subnet};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Makes a security group in a VPC that the caller sees.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html>
    pub struct CreateSecurityGroup {
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for CreateSecurityGroup {
    const TOPIC: Topic = Topic::Instances;
    const MAKES: &'static str = "group";
    const LOST_ANSWER: Option<LostAnswer> = Some(LostAnswer::Orphans);
    const WEIGHT: usize = 1;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let vpcs = world.resources.iter().filter(|(name, it)| {
            it.kind == Kind::Vpc && !it.deleted && !name.as_str().contains('.')
        });
        let seen = vpcs.filter(|(name, _)| world.sight(actor, name).is_seen());
        dice.pick_from(seen.map(|(name, _)| Self { vpc_id: Reference::Named(name.clone()) }))
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        if let Some(vpc) = self.vpc_id.name() {
            let kind = Kind::SecurityGroup { vpc: vpc.clone(), lists: BTreeSet::new() };
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        }
        Reply::granted(&security_group::MADE_IN_A_VISIBLE_VPC)
    }
}
