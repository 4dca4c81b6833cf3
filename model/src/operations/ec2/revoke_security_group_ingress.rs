//! RevokeSecurityGroupIngress.

use super::authorize_security_group_ingress::is_named;
use super::describe_security_groups::stands;
use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_group, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{prefix_list, security_group};
use crate::world::{Kind, Resource, World};
use crate::{Account, Name};

operation! {
    /// Takes a rule out of a security group that names a prefix list, or a security group.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html>
    pub struct RevokeSecurityGroupIngress {
        /// The security group.
        group_id: Reference = "GroupId",
        /// The prefix list.
        prefix_list_id: Option<Reference> = "PrefixListIds",
        /// The security group that the rule names.
        source_group_id: Option<Reference> = "UserIdGroupPairs",
    }
}

impl Operation for RevokeSecurityGroupIngress {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 2;
    const REMOVES: bool = true;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let any = dice.percent(15);
        let groups = world.resources.iter().filter(|(name, it)| {
            let ruled = matches!(&it.kind, Kind::SecurityGroup { lists, sources, .. }
                if any || !lists.is_empty() || !sources.is_empty());
            ruled && !it.deleted && !name.as_str().contains('.')
        });
        let weighted = groups.map(|(name, it)| (name, if it.owner == actor { 12 } else { 1 }));
        let group = dice.pick_weighted(weighted)?;
        let Kind::SecurityGroup { lists, sources, .. } = &world.resources.get(group)?.kind else {
            return None;
        };
        let mut drawn = Self { group_id: Reference::Named(group.clone()), ..Self::default() };
        if dice.percent(10) {
            let weights = Weights { own: 4, seen: 2, near: 1, far: 1 };
            let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
            drawn.source_group_id = Some(draw_resource(world, actor, dice, is_group, weights)?);
            return Some(drawn);
        }
        let named = dice.pick_from(lists.iter().chain(sources))?;
        let reference = Some(Reference::Named(named.clone()));
        if lists.contains(named) {
            drawn.prefix_list_id = reference;
        } else {
            drawn.source_group_id = reference;
        }
        Some(drawn)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let own = require_own_group(world, actor, &self.group_id, &mut conditions);
        let one = self.prefix_list_id.is_none() != self.source_group_id.is_none();
        conditions.require(one, &security_group::RULE_OF_ONE_SOURCE);
        if let Some(group) = own {
            if let Some(list) = &self.prefix_list_id {
                self.require_list(world, actor, list, &mut conditions);
            }
            if let Some(source) = &self.source_group_id {
                self.require_source(world, actor, (group, source), &mut conditions);
            }
        }
        conditions.decide()
    }

    fn apply(&self, world: &mut World, _actor: Account, _made: &Name) -> Reply {
        let resource = self.group_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::SecurityGroup { lists, sources, .. }, .. }) = resource {
            let named = [&self.prefix_list_id, &self.source_group_id].into_iter().flatten();
            for name in named.filter_map(Reference::name) {
                lists.remove(name);
                sources.remove(name);
            }
        }
        Reply::granted(&security_group::RULES_TAKEN_OUT_BY_ITS_OWNER)
    }
}

impl RevokeSecurityGroupIngress {
    /// Whether the group has a rule that names this prefix list or security group.
    fn names(&self, world: &World, named: &Reference) -> bool {
        named.name().is_some_and(|name| is_named(world, &self.group_id, name))
    }

    /// Requires that the group has a rule that names this prefix list, which the caller sees.
    fn require_list(
        &self,
        world: &World,
        actor: Account,
        list: &Reference,
        conditions: &mut Conditions,
    ) {
        if self.names(world, list) {
            let seen = list.name().is_some_and(|name| world.sight(actor, name).is_seen());
            conditions.require(seen, &security_group::RULES_TAKEN_OUT_OF_SIGHT);
            return;
        }
        conditions.require(false, &security_group::RULES_TAKEN_OUT_AS_THEY_STAND);
        let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
        require_seen(world, actor, list, is_list, &prefix_list::KNOWN_TO_THE_CALLER, conditions);
    }

    /// Requires that the group has a rule that names this security group, which stands.
    fn require_source(
        &self,
        world: &World,
        actor: Account,
        (group, source): (&Name, &Reference),
        conditions: &mut Conditions,
    ) {
        if self.names(world, source) {
            let vpc = world.resources.get(group).and_then(|group| group.kind.parent());
            let stands = vpc
                .zip(source.name())
                .is_some_and(|(vpc, source)| stands(world, actor, vpc, source));
            conditions.require(stands, &security_group::RULES_TAKEN_OUT_OF_SIGHT);
            return;
        }
        conditions.require(false, &security_group::RULES_TAKEN_OUT_AS_THEY_STAND);
        let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let unknown = &security_group::KNOWN_TO_THE_CALLER;
        require_seen(world, actor, source, is_group, unknown, conditions);
    }
}
