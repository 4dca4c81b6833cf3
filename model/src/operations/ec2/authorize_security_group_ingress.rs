//! AuthorizeSecurityGroupIngress.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Decision, Reply};
use crate::compute::{Weights, draw_resource, require_own_group, require_seen};
use crate::dice::Dice;
use crate::operations::{Operation, Topic};
use crate::parameters::{Reference, operation};
use crate::rules::{Rule, prefix_list, security_group};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

operation! {
    /// Adds a rule to a security group that names a prefix list, or a security group.
    ///
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html>
    pub struct AuthorizeSecurityGroupIngress {
        /// The security group.
        group_id: Reference = "GroupId",
        /// The prefix list.
        prefix_list_id: Option<Reference> = "PrefixListIds",
        /// The security group that the rule names.
        source_group_id: Option<Reference> = "UserIdGroupPairs",
    }
}

impl Operation for AuthorizeSecurityGroupIngress {
    const TOPIC: Topic = Topic::Instances;
    const WEIGHT: usize = 4;

    fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Self> {
        let weights = Weights { own: 12, seen: 1, near: 0, far: 0 };
        let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
        let group_id = draw_resource(world, actor, dice, is_group, weights)?;
        let (mut prefix_list_id, mut source_group_id) = (None, None);
        if dice.percent(50) {
            source_group_id = Some(draw_source(world, actor, &group_id, dice)?);
        } else {
            let weights = Weights { own: 2, seen: 8, near: 4, far: 1 };
            let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
            prefix_list_id = Some(draw_resource(world, actor, dice, is_list, weights)?);
        }
        let named = prefix_list_id.as_ref().or(source_group_id.as_ref());
        let again =
            named.and_then(Reference::name).is_some_and(|it| is_named(world, &group_id, it));
        let drawn = Self { group_id, prefix_list_id, source_group_id };
        (!again || dice.percent(20)).then_some(drawn)
    }

    fn check(&self, world: &World, actor: Account) -> Decision {
        let mut conditions = Conditions::default();
        let own = require_own_group(world, actor, &self.group_id, &mut conditions);
        if let Some(named) = &self.prefix_list_id {
            let unknown = &prefix_list::KNOWN_TO_THE_CALLER;
            let is_list = |kind: &Kind| matches!(kind, Kind::PrefixList { .. });
            let seen = require_seen(world, actor, named, is_list, unknown, &mut conditions);
            if let Some((list, _)) = seen {
                let again = is_named(world, &self.group_id, list);
                conditions.require(!again, &prefix_list::REFERENCED_ONCE);
            }
        }
        if let (Some(named), Some(group)) = (&self.source_group_id, own) {
            let source = require_source(world, actor, group, named, &mut conditions);
            let again = source.is_some_and(|source| is_named(world, &self.group_id, source));
            conditions.require(!again, &prefix_list::REFERENCED_ONCE);
        }
        let one = self.prefix_list_id.is_none() != self.source_group_id.is_none();
        conditions.require(one, &security_group::RULE_OF_ONE_SOURCE);
        conditions.decide()
    }

    fn apply(&self, world: &mut World, actor: Account, _made: &Name) -> Reply {
        let because = self.granted_by(world, actor);
        let list = self.prefix_list_id.as_ref().and_then(Reference::name);
        let source = self.source_group_id.as_ref().and_then(Reference::name);
        let resource = self.group_id.name().and_then(|name| world.resources.get_mut(name));
        if let Some(Resource { kind: Kind::SecurityGroup { lists, sources, .. }, .. }) = resource {
            lists.extend(list.cloned());
            sources.extend(source.cloned());
        }
        Reply::granted(because)
    }
}

impl AuthorizeSecurityGroupIngress {
    /// The rule by which the call is granted.
    fn granted_by(&self, world: &World, actor: Account) -> &'static Rule {
        let source = self.source_group_id.as_ref().and_then(Reference::name);
        let source = source.and_then(|name| world.resources.get(name));
        let Some(source) = source else { return &prefix_list::REFERENCED_WHILE_SHARED };
        let group = self.group_id.name().and_then(|name| world.resources.get(name));
        if source.owner != actor {
            &security_group::REFERENCED_IN_A_SHARED_VPC
        } else if group.is_some_and(|group| group.kind.parent() == source.kind.parent()) {
            &security_group::REFERENCED_IN_ITS_VPC
        } else {
            &security_group::REFERENCED_WHERE_ASSOCIATED
        }
    }
}

/// Requires that a rule of the caller's own group may name this one.
///
/// Returns the group that is named, if there is one.
fn require_source<'w>(
    world: &'w World,
    actor: Account,
    group: &Name,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let found = named.name().and_then(|name| world.resources.get_key_value(name));
    let group = world.resources.get(group).map(|resource| &resource.kind);
    let (Some((name, source)), Some(Kind::SecurityGroup { vpc, associated, .. })) = (found, group)
    else {
        conditions.require(false, &security_group::KNOWN_TO_THE_CALLER);
        return None;
    };
    let Kind::SecurityGroup { vpc: home, associated: of_source, .. } = &source.kind else {
        conditions.require(false, &security_group::KNOWN_TO_THE_CALLER);
        return None;
    };
    if source.deleted {
        conditions.require_living(false, &security_group::KNOWN_TO_THE_CALLER);
        return None;
    }
    let own = source.owner == actor;
    if home == vpc {
        if !own {
            require_neighbour(world, actor, source.owner, vpc, conditions);
        }
        return Some(name);
    }
    let through = &security_group::REFERENCED_THROUGH_ASSOCIATIONS;
    match of_source.get(vpc) {
        Some(Use::Plain) => conditions.require(own, through),
        Some(Use::Open(open)) => conditions.require(false, open),
        None | Some(Use::Ended(_)) => {
            let shared = |(other, state): (&Name, &Use)| {
                state.may_last() && (other == home || source.kind.is_associated_with(other))
            };
            let may = associated.iter().any(shared);
            conditions.require(!may, through);
            let unknown = if own || world.sight(actor, name).is_seen() {
                &security_group::REFERENCED_IN_ITS_NETWORK_ALONE
            } else {
                &security_group::KNOWN_TO_THE_CALLER
            };
            conditions.require(may, unknown);
        }
    }
    Some(name)
}

/// Requires that the caller may name what another account has in the VPC: both have to take part in it.
fn require_neighbour(
    world: &World,
    actor: Account,
    other: Account,
    vpc: &Name,
    conditions: &mut Conditions,
) {
    let owns_vpc = world.resources.get(vpc).is_some_and(|vpc| vpc.owner == actor);
    conditions.require(!owns_vpc, &security_group::REFERENCED_BY_THE_VPC_OWNER);
    for account in [actor, other] {
        let sight = world.sight(account, vpc);
        conditions.require(sight.judged, sight.rule);
    }
}

/// Whether a security group has a rule that names this prefix list or security group.
pub(super) fn is_named(world: &World, group: &Reference, named: &Name) -> bool {
    let resource = group.name().and_then(|group| world.resources.get(group));
    let Some(Kind::SecurityGroup { lists, sources, .. }) = resource.map(|it| &it.kind) else {
        return false;
    };
    lists.contains(named) || sources.contains(named)
}

/// A security group for a rule to name: mostly one in the same VPC, of another account if there is one. None
/// whose rules lead back, since groups that name each other can't be deleted.
fn draw_source(
    world: &World,
    actor: Account,
    group: &Reference,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    let group = group.name()?;
    let vpc = world.resources.get(group)?.kind.parent()?;
    let groups = world.resources.iter().filter(|(name, it)| {
        let is_group = matches!(it.kind, Kind::SecurityGroup { .. });
        is_group && !it.deleted && !name.as_str().contains('.')
    });
    let weighted = groups.map(|(name, it)| {
        let weight = match (it.kind.is_group_for(vpc), it.owner == actor) {
            _ if name == group => 1,
            _ if leads_to(world, name, group) => 0,
            (true, false) => 8,
            (true, true) => 4,
            (false, _) => 1,
        };
        (name, weight)
    });
    dice.pick_weighted(weighted).map(|name| Reference::Named(name.clone()))
}

/// Whether the rules of a security group name another one, directly or through others.
fn leads_to(world: &World, from: &Name, to: &Name) -> bool {
    let mut known = BTreeSet::from([from]);
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        let kind = world.resources.get(name).map(|resource| &resource.kind);
        let Some(Kind::SecurityGroup { sources, .. }) = kind else { continue };
        left.extend(sources.iter().filter(|source| known.insert(source)));
    }
    known.contains(to)
}
