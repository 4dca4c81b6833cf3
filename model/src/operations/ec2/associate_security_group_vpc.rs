//! AssociateSecurityGroupVpc.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{security_group, subnet};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

operation! {
    /// Associates a security group with another VPC than the one that it was made in.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSecurityGroupVpc.html>
    pub struct AssociateSecurityGroupVpc {
        /// The security group.
        group_id: Reference = "GroupId",
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for AssociateSecurityGroupVpc {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 3;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 12, seen: 2, near: 0, far: 1 };
        let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let group_id = draw_resource(world, actor, dice, is_group, weights)?;
        let weights = Weights { own: 4, seen: 8, near: 2, far: 1 };
        let vpc_id = draw_resource(world, actor, dice, |kind| *kind == Kind::Vpc, weights)?;
        let group = group_id.name().and_then(|name| world.resources.get(name));
        let vpc = vpc_id.name();
        let again = group.is_some_and(|it| vpc.is_some_and(|vpc| it.kind.is_group_for(vpc)));
        (!again || dice.percent(15)).then_some(Self { group_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &security_group::KNOWN_TO_THE_CALLER;
        let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let named = &self.group_id;
        let group = require_seen(world, actor, named, is_group, unknown, &mut conditions);
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        let vpc = require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions);
        if let Some((group, resource)) = group {
            let own = resource.owner == actor;
            conditions.require(own, &security_group::ASSOCIATED_BY_ITS_OWNER_ALONE);
            if let Some((vpc, _)) = vpc.filter(|_| own) {
                require_new(world, actor, (group, &resource.kind), vpc, &mut conditions);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.group_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::SecurityGroup { vpc: home, associated, .. }, .. }) =
            resource
            && let Some(vpc) = self.vpc_id.name().filter(|vpc| *vpc != home)
        {
            associated.insert(vpc.clone(), Use::Plain);
        }
        Reply::granted(&security_group::ASSOCIATED_WITH_VISIBLE_VPCS)
    }
}

/// Requires that the caller's own group can be associated with a VPC that it is not associated with yet.
fn require_new(
    world: &World,
    actor: Account,
    (group, kind): (&Name, &Kind),
    vpc: &Name,
    conditions: &mut Conditions,
) {
    let Kind::SecurityGroup { vpc: home, associated, .. } = kind else { return };
    match associated.get(vpc) {
        Some(Use::Plain) => conditions.require(false, &security_group::ASSOCIATED_ONCE),
        Some(Use::Open(open)) => conditions.require(false, open),
        None | Some(Use::Ended(_)) => {
            conditions.require(home != vpc, &security_group::ASSOCIATED_ONCE);
        }
    }
    let owns_home = world.resources.get(home).is_some_and(|home| home.owner == actor);
    conditions.require(owns_home, &security_group::ASSOCIATED_FROM_A_SHARED_VPC);
    let Some(given) = world.given_names.get(group) else { return };
    let namesake = world.resources.iter().any(|(name, other)| {
        let beside = name != group && other.owner == actor && !other.deleted;
        beside && other.kind.is_group_for(vpc) && world.is_named(name, given)
    });
    conditions.require(!namesake, &security_group::ASSOCIATED_BESIDE_A_NAMESAKE);
}
