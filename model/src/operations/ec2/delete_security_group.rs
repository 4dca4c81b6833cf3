//! DeleteSecurityGroup.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_group};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::security_group;
use crate::world::{Kind, Use, World};
use crate::{Account, Name};

operation! {
    /// Deletes a security group.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html>
    pub struct DeleteSecurityGroup {
        /// The security group.
        group_id: Reference = "GroupId",
    }
}

impl Operation for DeleteSecurityGroup {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 1;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let own = || world.resources.iter().filter(|(_, it)| it.owner == actor && !it.deleted);
        let named = own().filter(|(name, _)| {
            own().any(|(other, it)| {
                matches!(&it.kind, Kind::SecurityGroup { sources, .. }
                    if other != *name && sources.contains(*name))
            })
        });
        let named = dice.pick_from(named.map(|(name, _)| Reference::Named(name.clone())));
        let group_id = named.filter(|_| dice.percent(35)).or_else(|| {
            let weights = Weights { own: 4, seen: 2, near: 1, far: 1 };
            let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
            draw_resource(world, actor, dice, is_group, weights)
        })?;
        Some(Self { group_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let own = require_own_group(world, actor, &self.group_id, &mut conditions);
        if let Some(name) = own {
            let used = world.resources.values().filter(|it| !it.deleted).any(|it| {
                if let Kind::NetworkInterface { groups, .. } | Kind::Instance { groups, .. } =
                    &it.kind
                {
                    groups.contains(name)
                } else {
                    false
                }
            });
            conditions.require(!used, &security_group::KEPT_WHILE_IN_USE);
            require_no_association(world, name, &mut conditions);
            require_no_reference(world, name, &mut conditions);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        world.delete(&self.group_id);
        Reply::granted(&security_group::MADE_IN_A_VISIBLE_VPC)
    }
}

/// Requires that a security group is associated with no VPC beside its own.
fn require_no_association(world: &World, name: &Name, conditions: &mut Conditions) {
    let resource = world.resources.get(name);
    let Some(Kind::SecurityGroup { associated, .. }) = resource.map(|it| &it.kind) else { return };
    for state in associated.values() {
        match state {
            Use::Plain => conditions.require(false, &security_group::KEPT_WHILE_ASSOCIATED),
            Use::Open(open) => conditions.require(false, open),
            Use::Ended(_) => {}
        }
    }
}

/// Requires that no other security group has a rule that names this one.
fn require_no_reference(world: &World, name: &Name, conditions: &mut Conditions) {
    let Some(named) = world.resources.get(name) else { return };
    let others = world.resources.iter().filter(|(other, it)| *other != name && !it.deleted);
    for (_, other) in others {
        let Kind::SecurityGroup { sources, .. } = &other.kind else { continue };
        if sources.contains(name) {
            let beside = other.kind.parent() == named.kind.parent() && other.owner == named.owner;
            conditions.require(!beside, &security_group::KEPT_WHILE_REFERENCED);
            conditions.require(beside, &security_group::DELETED_WHILE_REFERENCED_ELSEWHERE);
        }
    }
}
