//! Conditions that the operations on private hosted zones have in common: whose zone and whose VPC a call
//! names, and what an account sees of them.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Expected, Key, Row};
use crate::compute::{Weights, draw_resource, find_with_sight};
use crate::dice::Dice;
use crate::parameters::Reference;
use crate::rules::{Rule, hosted_zone, visibility};
use crate::world::{Kind, Resource, World};
use crate::{Account, Assumption, Name};

/// The VPCs of a hosted zone.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Zone<'w> {
    /// Its name.
    pub(crate) name: &'w Name,
    /// The account that made it.
    pub(crate) owner: Account,
    /// The VPCs that it is associated with.
    pub(crate) vpcs: &'w BTreeSet<Name>,
    /// The VPCs of others that may be associated with it.
    pub(crate) authorized: &'w BTreeSet<Name>,
}

impl World {
    /// The hosted zones ever made.
    pub(crate) fn zones(&self) -> impl Iterator<Item = (&Resource, Zone<'_>)> {
        let resources = self.resources.iter();
        resources
            .filter_map(|(name, resource)| zone_of(name, resource).map(|zone| (resource, zone)))
    }

    /// Whether a living hosted zone is associated with this VPC.
    pub(crate) fn is_in_a_zone(&self, vpc: &Name) -> bool {
        self.zones().any(|(resource, zone)| !resource.deleted && zone.vpcs.contains(vpc))
    }
}

fn zone_of<'w>(name: &'w Name, resource: &'w Resource) -> Option<Zone<'w>> {
    let Kind::HostedZone { vpcs, authorized } = &resource.kind else { return None };
    Some(Zone { name, owner: resource.owner, vpcs, authorized })
}

/// The zone that a call names, which lives.
pub(crate) fn require_zone<'w>(
    world: &'w World,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<Zone<'w>> {
    require_living_zone(world, named, None, conditions)
}

/// The same; a zone that was deleted breaks the rule `deleted` if there is one for the call.
pub(crate) fn require_living_zone<'w>(
    world: &'w World,
    named: &'w Reference,
    deleted: Option<&'static Rule>,
    conditions: &mut Conditions,
) -> Option<Zone<'w>> {
    let found =
        named.name().and_then(|name| world.resources.get(name).map(|resource| (name, resource)));
    let found =
        found.and_then(|(name, resource)| zone_of(name, resource).map(|zone| (resource, zone)));
    let Some((resource, zone)) = found else {
        let is_id = matches!(named, Reference::Literal(id) if id.starts_with('Z'));
        conditions.require(!is_id, &hosted_zone::EXISTING);
        conditions.require(is_id, &hosted_zone::KNOWN_TO_THE_CALLER);
        return None;
    };
    match deleted {
        Some(rule) => conditions.require(!resource.deleted, rule),
        None => conditions.require_living(!resource.deleted, &hosted_zone::EXISTING),
    }
    (!resource.deleted).then_some(zone)
}

/// The zone that a call names, where it is the caller's own; `refused` says so.
pub(crate) fn require_own_zone<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    refused: &'static Rule,
    conditions: &mut Conditions,
) -> Option<Zone<'w>> {
    let zone = require_zone(world, named, conditions)?;
    conditions.require(zone.owner == actor, refused);
    (zone.owner == actor).then_some(zone)
}

/// Requires that the caller may read the zone that it names.
pub(crate) fn require_readable(
    world: &World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) {
    let Some(zone) = require_zone(world, named, conditions) else { return };
    if zone.owner == actor {
        return;
    }
    let sight = world.sight(actor, zone.name);
    conditions.require(sight.judged, sight.rule);
    let is_one = |vpc: &Name| world.resources.get(vpc).is_some_and(|vpc| vpc.owner == actor);
    let associated = zone.vpcs.iter().any(is_one);
    let seen = sight.is_seen() || !sight.judged;
    conditions.require(seen || !associated, &hosted_zone::READ_BY_ITS_OWNER_ALONE);
    conditions.require(seen || associated, &hosted_zone::KNOWN_TO_THE_CALLER);
}

/// A VPC that a call names, with its name; one that never was breaks a rule, a deleted one leaves
/// the call open.
pub(crate) fn require_vpc<'w>(
    world: &'w World,
    named: &'w Reference,
    unknown: &'static Rule,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Resource)> {
    let found =
        named.name().and_then(|name| world.resources.get(name).map(|resource| (name, resource)));
    let Some((name, resource)) = found.filter(|(_, resource)| matches!(resource.kind, Kind::Vpc))
    else {
        conditions.require(false, unknown);
        return None;
    };
    conditions.require_living(!resource.deleted, unknown);
    Some((name, resource))
}

/// Whether the caller may associate its VPC with a zone of another account.
pub(crate) fn require_authorization(
    world: &World,
    actor: Account,
    zone: Zone<'_>,
    vpc: &Name,
    conditions: &mut Conditions,
) {
    if zone.owner == actor || zone.authorized.contains(vpc) {
        return;
    }
    let assumed = world.assumptions.hold(Assumption::RamSharesHostedZones);
    let sight = world.sight(actor, zone.name);
    if assumed && !sight.judged {
        return conditions.require(false, sight.rule);
    }
    conditions.require(assumed && sight.is_seen(), &hosted_zone::AUTHORIZED_FIRST);
}

/// The rule by which the caller may associate its VPC with a zone: where nothing else lets it, the
/// share that RAM is assumed to have.
pub(crate) fn associated_by(
    world: &World,
    actor: Account,
    named: &Reference,
    vpc: &Reference,
) -> &'static Rule {
    let found = find_with_sight(world, actor, named).and_then(|(name, resource, sight)| {
        let zone = zone_of(name, resource)?;
        let authorized = vpc.name().is_some_and(|vpc| zone.authorized.contains(vpc));
        (zone.owner != actor && !authorized && sight.is_seen()).then_some(sight.rule)
    });
    found.unwrap_or(&hosted_zone::ASSOCIATED_WHERE_AUTHORIZED)
}

/// Returns the row of a VPC that a zone authorizes, or may; open if the VPC was deleted since.
pub(crate) fn vpc_row(world: &World, vpc: &Name, listed: bool, rule: &'static Rule) -> Row {
    let key = Key::Resource(vpc.clone());
    if is_gone(world, vpc) {
        Row::open(key, &hosted_zone::AUTHORIZATIONS_OF_DELETED_VPCS_LISTED, listed)
    } else if listed {
        Row::expected(key, rule)
    } else {
        Row::forbidden(key, rule)
    }
}

/// Whether a VPC was deleted.
pub(crate) fn is_gone(world: &World, vpc: &Name) -> bool {
    world.resources.get(vpc).is_none_or(|vpc| vpc.deleted)
}

/// The names of the living zones that a VPC is associated with.
pub(crate) fn of_a_vpc<'w>(world: &'w World, vpc: &'w Name) -> impl Iterator<Item = &'w Name> {
    let living = world.zones().filter(|(resource, _)| !resource.deleted);
    living.filter(|(_, zone)| zone.vpcs.contains(vpc)).map(|(_, zone)| zone.name)
}

/// Whether a VPC is in a zone of a domain that holds this one, or lies in it.
pub(crate) fn overlaps(world: &World, vpc: &Name, domain: &str) -> bool {
    let is_inside =
        |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|it| it.ends_with('.'));
    let mut given = of_a_vpc(world, vpc).filter_map(|zone| world.given_names.get(zone));
    !domain.is_empty() && given.any(|given| is_inside(given, domain) || is_inside(domain, given))
}

/// The zones that a VPC is associated with, as they are listed to its owner.
pub(crate) fn by_vpc(world: &World, actor: Account, named: &Reference) -> Vec<Row> {
    let seen = find_with_sight(world, actor, named).filter(|(_, resource, _)| {
        resource.owner == actor && !resource.deleted && matches!(resource.kind, Kind::Vpc)
    });
    let row = |(resource, zone): (&Resource, Zone<'_>)| {
        let key = Key::Resource(zone.name.clone());
        let has = named.name().is_some_and(|vpc| zone.vpcs.contains(vpc));
        if seen.is_none() {
            return Row::open(key, &hosted_zone::LISTED_BY_A_VPC_OF_OTHERS, false);
        }
        if resource.deleted {
            return Row::forbidden(key, &visibility::GONE_ONCE_DELETED);
        }
        if !has {
            return Row::forbidden(key, &hosted_zone::LISTED_BY_ITS_VPCS);
        }
        let rule = &hosted_zone::LISTED_BY_ITS_VPCS;
        Row::expected(key, rule).with("OwningAccount", Expected::Account(zone.owner), rule)
    };
    world.zones().map(row).collect()
}

/// Whether an account has few enough zones of its own for another one.
pub(crate) fn draw_new(world: &World, actor: Account) -> bool {
    world.zones().filter(|(resource, zone)| !resource.deleted && zone.owner == actor).count() < 2
}

/// A VPC of the caller's own, mostly.
pub(crate) fn draw_own_vpc(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    let weights = Weights { own: 16, seen: 1, near: 0, far: 1 };
    draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Vpc), weights)
}

/// A zone to read or delete: the caller's own, or one that has to do with a VPC of it, mostly.
pub(crate) fn draw(world: &World, actor: Account, dice: &mut Dice<'_>) -> Option<Reference> {
    if dice.percent(4) {
        return Some(Reference::Literal("Z0123456789ABCDEFGHIJ".into()));
    }
    let own = |vpc: &Name| world.resources.get(vpc).is_some_and(|vpc| vpc.owner == actor);
    let living = world.zones().filter(|(resource, _)| !resource.deleted);
    let weighted = living.map(|(_, zone)| {
        let mut vpcs = zone.vpcs.iter().chain(zone.authorized);
        let near = zone.owner == actor || vpcs.any(own) || world.sight(actor, zone.name).is_seen();
        (zone.name, if near { 8 } else { 1 })
    });
    let weighted: Vec<(&Name, usize)> = weighted.collect();
    dice.pick_weighted(weighted.into_iter()).map(|name| Reference::Named(name.clone()))
}

/// A zone and a VPC, picked by how well they fit.
pub(crate) fn draw_pair(
    world: &World,
    dice: &mut Dice<'_>,
    fit: impl Fn(Zone<'_>, &Name, Account) -> usize,
) -> Option<(Reference, Reference)> {
    let living = || world.resources.iter().filter(|(_, resource)| !resource.deleted);
    let vpcs = || living().filter(|(name, resource)| is_vpc(name, resource));
    let zones = living().filter_map(|(name, resource)| zone_of(name, resource));
    let pairs =
        zones.flat_map(|zone| vpcs().map(move |(vpc, resource)| (zone, vpc, resource.owner)));
    let weighted = pairs.map(|(zone, vpc, owner)| ((zone.name, vpc), fit(zone, vpc, owner)));
    let (zone, vpc) = dice.pick_weighted(weighted)?;
    Some((Reference::Named(zone.clone()), Reference::Named(vpc.clone())))
}

fn is_vpc(name: &Name, resource: &Resource) -> bool {
    matches!(resource.kind, Kind::Vpc) && !name.as_str().contains('.')
}

/// The sets of VPCs of the zone that a call names, to be changed.
pub(crate) fn change<'w>(
    world: &'w mut World,
    named: &Reference,
) -> Option<(&'w mut BTreeSet<Name>, &'w mut BTreeSet<Name>)> {
    let resource = world.resources.get_mut(named.name()?)?;
    let Kind::HostedZone { vpcs, authorized } = &mut resource.kind else { return None };
    Some((vpcs, authorized))
}
