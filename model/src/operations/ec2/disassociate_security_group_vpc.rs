//! DisassociateSecurityGroupVpc.

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_group, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{security_group, subnet};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

operation! {
    /// Takes away the association of a security group with a VPC.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSecurityGroupVpc.html>
    pub struct DisassociateSecurityGroupVpc {
        /// The security group.
        group_id: Reference = "GroupId",
        /// The VPC.
        vpc_id: Reference = "VpcId",
    }
}

impl Operation for DisassociateSecurityGroupVpc {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;
    const BLOCKED_BY_ORPHANS: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        if dice.percent(15) {
            let weights = Weights { own: 6, seen: 2, near: 1, far: 1 };
            let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
            let group_id = draw_resource(world, actor, dice, is_group, weights)?;
            let vpc_id = draw_resource(world, actor, dice, |kind| *kind == Kind::Vpc, weights)?;
            return Some(Self { group_id, vpc_id });
        }
        let living = world.resources.iter().filter(|(_, it)| !it.deleted);
        let pairs = living.flat_map(|(name, it)| {
            let Kind::SecurityGroup { associated, .. } = &it.kind else { return Vec::new() };
            let weight = if it.owner == actor { 6 } else { 1 };
            let lasting = associated.iter().filter(|(_, state)| state.may_last());
            lasting.map(|(vpc, _)| ((name, vpc), weight)).collect()
        });
        let (group, vpc) = dice.pick_weighted(pairs)?;
        let [group_id, vpc_id] = [group, vpc].map(|name| Reference::Named(name.clone()));
        Some(Self { group_id, vpc_id })
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        if self.is_of_another_account(world, actor) {
            conditions.require(false, &security_group::DISASSOCIATED_BY_THE_VPC_OWNER);
            return conditions.decide();
        }
        let group = require_own_group(world, actor, &self.group_id, &mut conditions);
        let unknown = &subnet::VPC_KNOWN_TO_THE_CALLER;
        let is_vpc = |kind: &Kind| *kind == Kind::Vpc;
        let vpc = require_seen(world, actor, &self.vpc_id, is_vpc, unknown, &mut conditions);
        if let (Some(group), Some((vpc, _))) = (group, vpc) {
            match state_of(world, group, vpc) {
                Some(Use::Plain) => {}
                Some(Use::Open(open)) => conditions.require(false, open),
                None | Some(Use::Ended(_)) => {
                    conditions.require(false, &security_group::DISASSOCIATED_THAT_NEVER_WAS);
                }
            }
            let used = is_used_in(world, group, vpc);
            conditions.require(!used, &security_group::DISASSOCIATED_WHILE_IN_USE);
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let because = &security_group::DISASSOCIATED_BY_ITS_OWNER;
        let (Some(group), Some(vpc)) = (self.group_id.name(), self.vpc_id.name()) else {
            return Reply::granted(because);
        };
        let state = if is_used_in(world, group, vpc) {
            Use::Open(&security_group::DISASSOCIATED_WHILE_IN_USE)
        } else {
            Use::Ended(&security_group::GONE_ONCE_DISASSOCIATED)
        };
        if let Some(Resource { kind: Kind::SecurityGroup { associated, .. }, .. }) =
            world.resources.get_mut(group)
            && let Some(known) = associated.get_mut(vpc)
        {
            *known = state;
        }
        Reply::granted(because)
    }
}

impl DisassociateSecurityGroupVpc {
    /// Whether the caller owns the VPC, and another account the group that is associated with it.
    fn is_of_another_account(&self, world: &World, actor: Account) -> bool {
        let (Some(group), Some(vpc)) = (self.group_id.name(), self.vpc_id.name()) else {
            return false;
        };
        let owner = |name: &Name| world.resources.get(name).map(|resource| resource.owner);
        let lasts = state_of(world, group, vpc).is_some_and(Use::may_last);
        lasts && owner(vpc) == Some(actor) && owner(group) != Some(actor)
    }
}

/// The state of the association of a group with a VPC; `None` if there never was one.
fn state_of(world: &World, group: &Name, vpc: &Name) -> Option<Use> {
    let kind = &world.resources.get(group).filter(|group| !group.deleted)?.kind;
    let Kind::SecurityGroup { associated, .. } = kind else { return None };
    associated.get(vpc).copied()
}

/// Whether a network interface or instance in the VPC has the group.
fn is_used_in(world: &World, group: &Name, vpc: &Name) -> bool {
    world.resources.values().filter(|it| !it.deleted).any(|it| {
        let (Kind::NetworkInterface { groups, .. } | Kind::Instance { groups, .. }) = &it.kind
        else {
            return false;
        };
        let here = it.kind.subnet().and_then(|subnet| world.vpc_of(subnet)) == Some(vpc);
        here && groups.contains(group)
    })
}
