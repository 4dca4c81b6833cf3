//! CreateSecurityGroup.

use smol_str::SmolStr;

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
        /// Its name; one that nothing else bears if it is left out.
        group_name: SmolStr = "GroupName",
    }
}

/// The names that are drawn.
const NAMES: &[&str] = &["web", "database"];

impl CreateSecurityGroup {
    /// The owners of the living groups in the VPC that bear the name.
    fn owners_of_namesakes<'w>(&'w self, world: &'w World) -> impl Iterator<Item = Account> + 'w {
        let living = world.resources.iter().filter(|(_, resource)| !resource.deleted);
        living.filter_map(|(name, resource)| {
            let Kind::SecurityGroup { vpc, .. } = &resource.kind else { return None };
            let beside = self.vpc_id.name() == Some(vpc);
            (beside && world.is_named(name, &self.group_name)).then_some(resource.owner)
        })
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
        let vpc_id = dice.pick_from(seen.map(|(name, _)| Reference::Named(name.clone())))?;
        Some(Self { vpc_id, group_name: dice.name(NAMES) })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        if require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions).is_some() {
            let taken = self.owners_of_namesakes(world).any(|owner| owner == actor);
            conditions.require(!taken, &security_group::NAMED_ONCE_BY_AN_ACCOUNT);
            let beside = self.vpc_id.name().is_some_and(|vpc| {
                let mut own = world.resources.iter().filter(|(_, it)| it.owner == actor);
                own.any(|(name, it)| {
                    let here = it.kind.is_associated_with(vpc) && !it.deleted;
                    here && world.is_named(name, &self.group_name)
                })
            });
            conditions.require(!beside, &security_group::ASSOCIATED_BESIDE_A_NAMESAKE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let rule = if self.owners_of_namesakes(world).any(|owner| owner != actor) {
            &security_group::NAMED_BY_EACH_ACCOUNT_FOR_ITSELF
        } else {
            &security_group::MADE_IN_A_VISIBLE_VPC
        };
        if let Some(vpc) = self.vpc_id.name() {
            let kind = Kind::security_group(vpc.clone());
            world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
            world.give_name(made, self.group_name.clone());
        }
        Reply::granted(rule)
    }

    /// One that is given a name is refused beside itself.
    fn lost_answer(&self) -> Option<LostAnswer> {
        if self.group_name.is_empty() { Self::LOST_ANSWER } else { Some(LostAnswer::Unknown) }
    }
}
