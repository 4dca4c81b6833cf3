//! DeleteVpc.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{hosted_zone, security_group, subnet};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

operation! {
    /// Deletes a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html>
    pub struct DeleteVpc {
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for DeleteVpc {
    const TOPIC: Topic = Topic::Sharing;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let telling = draw_telling(world, actor, dice).filter(|_| dice.percent(50));
        let vpc_id = telling.or_else(|| {
            let weights = Weights { own: 4, seen: 6, near: 1, far: 1 };
            draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Vpc), weights)
        })?;
        Some(Self { vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let of_kind = |kind: &Kind| matches!(kind, Kind::Vpc);
        let seen = require_seen(world, actor, &self.vpc_id, of_kind, unknown, &mut conditions);
        if let Some((name, resource)) = seen {
            conditions.require(resource.owner == actor, &subnet::VPC_CHANGED_BY_ITS_OWNER_ALONE);
            let empty = world.inside(name).next().is_none();
            conditions.require(empty || resource.owner != actor, &subnet::KEPT_WHILE_IN_USE);
            let associated = world.is_associated(name);
            conditions.require(!associated, &subnet::VPC_DELETED_WHILE_ASSOCIATED);
            let has_groups = has_living_groups(world, name);
            conditions.require(!has_groups, &security_group::VPC_DELETED_WHILE_ASSOCIATED);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        if let Some(name) = self.vpc_id.name() {
            if let Some(resource) = world.resources.get_mut(name) {
                resource.deleted = true;
            }
            world.doubt_uses_of(name, &subnet::VPC_DELETED_WHILE_ASSOCIATED);
            let groups: Vec<Name> = world
                .resources
                .iter()
                .filter(|(_, it)| it.kind.is_associated_with(name))
                .map(|(group, _)| group.clone())
                .collect();
            for group in groups {
                if let Some(Resource { kind: Kind::SecurityGroup { associated, .. }, .. }) =
                    world.resources.get_mut(&group)
                {
                    let open = Use::Open(&security_group::VPC_DELETED_WHILE_ASSOCIATED);
                    associated.insert(name.clone(), open);
                }
            }
            if world.is_in_a_zone(name) {
                return Reply::granted(&hosted_zone::KEPT_THROUGH_THE_DELETION_OF_A_VPC);
            }
        }
        Reply::granted(&subnet::MADE_BY_ITS_OWNER)
    }
}

/// A VPC of the caller's that one thing alone keeps, or that is empty and in a hosted zone.
fn draw_telling(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    let own = world.resources.iter().filter(|(name, it)| {
        it.kind == Kind::Vpc && it.owner == actor && !it.deleted && !name.as_str().contains('.')
    });
    let telling = own.filter(|(name, _)| match world.inside(name).count() {
        0 => world.is_in_a_zone(name),
        inside => inside == 1,
    });
    dice.pick_from(telling.map(|(name, _)| Reference::Named(name.clone())))
}

/// Whether a living security group of another VPC is associated with this one.
fn has_living_groups(world: &World, vpc: &Name) -> bool {
    world.resources.values().any(|it| !it.deleted && it.kind.is_associated_with(vpc))
}
