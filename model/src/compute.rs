//! Conditions that operations of EC2 have in common: which subnets, groups and images a caller may use,
//! and which resources a list shows.

use std::collections::BTreeSet;

use crate::answer::{Conditions, Expected, Key, Row};
use crate::dice::Dice;
use crate::parameters::{Groups, Reference};
use crate::rules::{
    Rule, image, instance, internet_gateway, prefix_list, read, security_group, subnet,
    transit_gateway, visibility,
};
use crate::view::{Sight, is_revoked};
use crate::world::{Kind, Resource, Use, World};
use crate::{Account, Name};

/// Returns a resource that a call names, with its appearance to the caller.
#[must_use]
pub fn find_with_sight<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
) -> Option<(&'w Name, &'w Resource, Sight)> {
    let name = named.name()?;
    let resource = world.resources.get(name)?;
    Some((name, resource, world.sight(actor, name)))
}

/// Requires that the caller sees what it names, which has to be of this kind.
///
/// Returns the resource where it is seen. Where that is not known, the open rule is touched.
pub fn require_seen<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    of_kind: impl Fn(&Kind) -> bool,
    unknown: &'static Rule,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Resource)> {
    let found =
        find_with_sight(world, actor, named).filter(|(_, resource, _)| of_kind(&resource.kind));
    let Some((name, resource, sight)) = found else {
        conditions.require(false, unknown);
        return None;
    };
    if resource.deleted {
        conditions.require_living(false, unknown);
        return None;
    }
    conditions.require(sight.judged, sight.rule);
    conditions.require(sight.is_seen() || !sight.judged, unknown);
    let failed = matches!(resource.kind, Kind::PrefixList { delete_failed: true, .. });
    let known = !failed || !sight.is_seen();
    conditions.require(known, &prefix_list::USED_ONCE_ITS_DELETION_FAILED);
    (sight.is_seen() || !sight.judged).then_some((name, resource))
}

/// Requires that the caller may put something into a subnet; returns the subnet's VPC.
pub fn require_open_subnet<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let found = find_with_sight(world, actor, named);
    let Some((_, resource, sight)) = found else {
        conditions.require(false, &subnet::KNOWN_TO_THE_CALLER);
        return None;
    };
    let Kind::Subnet { vpc } = &resource.kind else {
        conditions.require(false, &subnet::KNOWN_TO_THE_CALLER);
        return None;
    };
    if sight.is_seen() {
        conditions.require(sight.judged, sight.rule);
        return Some(vpc);
    }
    let in_use = *sight.rule == visibility::UNKNOWN_AFTER_REVOCATION_IN_USE;
    let closed = (is_revoked(sight.rule) || in_use) && !resource.deleted;
    conditions.require(!closed, &subnet::CLOSED_AFTER_REVOCATION);
    conditions.require(closed, &subnet::KNOWN_TO_THE_CALLER);
    None
}

/// Requires that the caller may use these security groups in a VPC that it sees. `unnamed` is the rule by
/// which a participant has to name one.
pub fn require_groups(
    world: &World,
    actor: Account,
    vpc: &Name,
    groups: &Groups,
    unnamed: &'static Rule,
    conditions: &mut Conditions,
) {
    match groups {
        Groups::OwnPlain => {}
        Groups::Unnamed => {
            let own = world.resources.get(vpc).is_some_and(|vpc| vpc.owner == actor);
            conditions.require(own, unnamed);
        }
        Groups::Named(named) => {
            for group in named {
                let elsewhere = &security_group::OWN_OR_SHARED;
                match usable_in(world, actor, group) {
                    Some(_) => require_reach(world, actor, group, vpc, elsewhere, conditions),
                    None => conditions.require(false, elsewhere),
                }
            }
        }
    }
}

/// Requires that a security group that the caller may use is for this VPC: made in it, or associated with
/// it. `elsewhere` is the rule that one of another VPC breaks.
pub fn require_reach(
    world: &World,
    actor: Account,
    group: &Reference,
    vpc: &Name,
    elsewhere: &'static Rule,
    conditions: &mut Conditions,
) {
    let resource = group.name().and_then(|name| world.resources.get(name));
    let Some(Resource { owner, kind: Kind::SecurityGroup { vpc: home, associated, .. }, .. }) =
        resource
    else {
        return;
    };
    if home == vpc {
        return;
    }
    match associated.get(vpc) {
        None | Some(Use::Ended(_)) => conditions.require(false, elsewhere),
        Some(Use::Open(open)) => conditions.require(false, open),
        Some(Use::Plain) => {
            let own = *owner == actor;
            conditions.require(own, &security_group::USED_BY_OTHERS_WHERE_ASSOCIATED);
        }
    }
}

/// The VPC of a security group; `None` if the caller may not put it on its network interfaces.
#[must_use]
pub fn usable_in<'w>(world: &'w World, actor: Account, group: &'w Reference) -> Option<&'w Name> {
    let (_, resource, sight) = find_with_sight(world, actor, group)?;
    let Kind::SecurityGroup { vpc, .. } = &resource.kind else { return None };
    let owners = *sight.rule == security_group::SEEN_BY_THE_VPC_OWNER;
    (sight.is_seen() && !owners && !resource.deleted).then_some(vpc)
}

/// Whether one of these security groups is another account's.
#[must_use]
pub fn has_foreign(world: &World, actor: Account, groups: &[Reference]) -> bool {
    let mut named = groups.iter().filter_map(Reference::name);
    named.any(|name| world.resources.get(name).is_some_and(|group| group.owner != actor))
}

/// Whether one of these security groups was made in another VPC than this one.
#[must_use]
pub fn has_one_from_elsewhere(world: &World, groups: &[Reference], vpc: Option<&Name>) -> bool {
    let mut named = groups.iter().filter_map(Reference::name);
    named.any(|name| {
        let home = world.resources.get(name).and_then(|group| group.kind.parent());
        vpc.is_some() && home.is_some() && home != vpc
    })
}

/// The rule by which a launch with these groups into a VPC is granted.
#[must_use]
pub fn launched_by(
    world: &World,
    actor: Account,
    groups: &Groups,
    vpc: Option<&Name>,
) -> &'static Rule {
    match groups {
        Groups::Named(named) if has_foreign(world, actor, named) => {
            &security_group::USED_WHILE_SHARED
        }
        Groups::Named(named) if has_one_from_elsewhere(world, named, vpc) => {
            &security_group::USED_WHERE_ASSOCIATED
        }
        Groups::Named(_) | Groups::OwnPlain | Groups::Unnamed => {
            &instance::LAUNCHED_IN_VISIBLE_SUBNETS
        }
    }
}

/// Requires that the caller may launch an image; none named means one of its own.
pub fn require_image(
    world: &World,
    actor: Account,
    named: Option<&Reference>,
    conditions: &mut Conditions,
) {
    let Some(named) = named else { return };
    match find_with_sight(world, actor, named) {
        Some((_, resource, sight)) if matches!(resource.kind, Kind::Image { .. }) => {
            conditions.require(!resource.deleted, &image::UNKNOWN_IMAGE_REFUSED);
            if let Kind::Image { disabled: true, .. } = resource.kind {
                return conditions.require(false, &image::CLOSED_WHILE_DISABLED);
            }
            let known = sight.judged || resource.deleted;
            conditions.require(known, sight.rule);
            let permitted = sight.is_seen() || resource.deleted;
            conditions.require(permitted, &image::LAUNCHED_WITH_A_PERMISSION);
        }
        Some(_) | None => conditions.require(false, &image::UNKNOWN_IMAGE_REFUSED),
    }
}

/// The groups of a new interface, the caller's plain one made where it is missing.
#[must_use]
pub fn groups_of(world: &mut World, actor: Account, vpc: &Name, groups: &Groups) -> Vec<Name> {
    match groups {
        Groups::OwnPlain => {
            let name = plain_group(vpc, actor);
            let kind = Kind::security_group(vpc.clone());
            let group = Resource { owner: actor, deleted: false, kind };
            world.resources.entry(name.clone()).or_insert(group);
            vec![name]
        }
        Groups::Unnamed => Vec::new(),
        Groups::Named(named) => named.iter().filter_map(Reference::name).cloned().collect(),
    }
}

/// The name of an account's plain security group in a VPC.
#[must_use]
pub fn plain_group(vpc: &Name, account: Account) -> Name {
    Name::new(format!("{vpc}.{account}"))
}

/// The name of the VPC that is made for a subnet which names none.
#[must_use]
pub fn plain_vpc(subnet: &Name) -> Name {
    Name::new(format!("{subnet}.vpc"))
}

/// The rows of a list of resources: one for every resource of the kind in the world, to be there or not.
#[must_use]
pub fn described(world: &World, actor: Account, of_kind: impl Fn(&Kind) -> bool) -> Vec<Row> {
    let row = |(name, resource, sight): (&Name, &Resource, Sight)| {
        let row = Row {
            key: Key::Resource(name.clone()),
            present: sight.is_seen(),
            judged: sight.judged,
            rule: sight.rule,
            fields: Vec::new(),
        };
        row.with("OwnerId", Expected::Account(resource.owner), sight.rule)
    };
    world.sights_of(actor, of_kind).into_iter().map(row).collect()
}

/// The rule by which a list is granted: the one by which the first resource asked for is seen.
#[must_use]
pub fn granted_by(rows: &[Row], asked: &[Reference]) -> &'static Rule {
    let first = asked.first().and_then(Reference::name);
    let row =
        rows.iter().find(|row| first.is_some_and(|name| row.key == Key::Resource(name.clone())));
    row.map_or(&read::GRANTED, |row| row.rule)
}

/// Keeps the rows of the resources that a call asks for; all where it asks for none.
pub fn keep_asked(rows: &mut Vec<Row>, asked: &[Reference]) {
    if !asked.is_empty() {
        rows.retain(|row| match &row.key {
            Key::Resource(name) => asked.iter().any(|asked| asked.name() == Some(name)),
            Key::Share(_)
            | Key::ResourceAssociation(..)
            | Key::Principal(..)
            | Key::Invitation(..)
            | Key::Permission(_)
            | Key::Type(_)
            | Key::Managed(_)
            | Key::Version(..)
            | Key::Attached(..)
            | Key::Replacement(_)
            | Key::Source(..) => true,
        });
    }
}

/// Requires that a network interface or instance is the caller's own.
pub fn require_own(
    world: &World,
    actor: Account,
    named: &Reference,
    of_kind: impl Fn(&Kind) -> bool,
    conditions: &mut Conditions,
) {
    let beside = find_with_sight(world, actor, named).is_some_and(|(_, resource, sight)| {
        let Kind::NetworkInterface { subnet, .. } = &resource.kind else { return false };
        !resource.deleted && !sight.is_seen() && world.sight(actor, subnet).is_seen()
    });
    let unknown =
        if beside { &instance::INTERFACE_OF_OTHERS } else { &instance::KNOWN_TO_THE_CALLER };
    if let Some((_, resource)) = require_seen(world, actor, named, of_kind, unknown, conditions) {
        let own = resource.owner == actor;
        conditions.require(own, &instance::INTERFACE_CHANGED_BY_ITS_OWNER_ALONE);
    }
}

/// Requires that a security group is the caller's own.
pub fn require_own_group<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let unknown = &security_group::KNOWN_TO_THE_CALLER;
    let is_group = |kind: &Kind| matches!(kind, Kind::SecurityGroup { .. });
    let (name, resource) = require_seen(world, actor, named, is_group, unknown, conditions)?;
    conditions.require(resource.owner == actor, &security_group::CHANGED_BY_ITS_OWNER_ALONE);
    (resource.owner == actor).then_some(name)
}

/// Requires that an internet gateway is the caller's own; returns the VPC that it is attached to,
/// if any.
pub fn require_own_internet_gateway<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<Option<&'w Name>> {
    let unknown = &internet_gateway::KNOWN_TO_THE_CALLER;
    let is_one = |kind: &Kind| matches!(kind, Kind::InternetGateway { .. });
    let (_, resource) = require_seen(world, actor, named, is_one, unknown, conditions)?;
    let own = resource.owner == actor;
    conditions.require(own, &internet_gateway::CHANGED_BY_ITS_OWNER_ALONE);
    let Kind::InternetGateway { vpc } = &resource.kind else { return None };
    own.then_some(vpc.as_ref())
}

/// The rule by which the caller is refused something that it does not see: `beside` if it is hidden by the
/// rule `hidden`, as what a VPC's owner keeps from participants is, and `unknown` otherwise.
#[must_use]
pub fn unknown_or_beside(
    world: &World,
    actor: Account,
    named: &Reference,
    hidden: &'static Rule,
    [beside, unknown]: [&'static Rule; 2],
) -> &'static Rule {
    let is_beside =
        find_with_sight(world, actor, named).is_some_and(|(_, _, sight)| sight.rule == hidden);
    if is_beside { beside } else { unknown }
}

/// Requires that a resource that a call names is the caller's. One that it does not see breaks `unknown`, one
/// that it sees and does not own breaks `owned`.
pub fn require_ownership(
    world: &World,
    actor: Account,
    named: &Reference,
    of_kind: impl Fn(&Kind) -> bool,
    [unknown, owned]: [&'static Rule; 2],
    conditions: &mut Conditions,
) {
    let seen = require_seen(world, actor, named, of_kind, unknown, conditions);
    conditions.require(seen.is_none_or(|(_, resource)| resource.owner == actor), owned);
}

/// Whether an account has a living resource of a kind.
#[must_use]
pub fn owns_any(world: &World, account: Account, of_kind: impl Fn(&Kind) -> bool) -> bool {
    world.resources.values().any(|it| it.owner == account && !it.deleted && of_kind(&it.kind))
}

/// Requires that an attachment waits for the caller, who owns the transit gateway.
pub fn require_waiting_attachment(
    world: &World,
    actor: Account,
    named: &Reference,
    conditions: &mut Conditions,
) {
    let unknown = &transit_gateway::ATTACHMENT_KNOWN;
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
    let seen = require_seen(world, actor, named, is_one, unknown, conditions);
    let Some((_, resource)) = seen else { return };
    let Kind::TransitGatewayAttachment { gateway, waiting, .. } = &resource.kind else { return };
    let own = world.resources.get(gateway).is_some_and(|gateway| gateway.owner == actor);
    conditions.require(own, &transit_gateway::ATTACHMENT_ANSWERED_BY_THE_GATEWAY_OWNER_ALONE);
    conditions.require(*waiting || !own, &transit_gateway::ATTACHMENT_ANSWERED_ONCE);
    let shared = world.sight(resource.owner, gateway).is_seen();
    conditions.require(
        shared || !own || !waiting,
        &transit_gateway::ATTACHMENT_ANSWERED_AFTER_REVOCATION,
    );
}

/// An attachment to accept or reject: mostly one that waits for the caller.
pub(crate) fn draw_waiting_attachment(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    let any = dice.percent(15);
    let attachments = world.resources.iter().filter(|(_, resource)| {
        let Kind::TransitGatewayAttachment { gateway, waiting, .. } = &resource.kind else {
            return false;
        };
        let own = world.resources.get(gateway).is_some_and(|gateway| gateway.owner == actor);
        !resource.deleted && (any || (*waiting && own))
    });
    dice.pick_from(attachments.map(|(name, _)| Reference::Named(name.clone())))
}

/// Requires that the caller sees a route table of a transit gateway: it owns the gateway.
pub fn require_gateway_table<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Resource)> {
    let closed = &transit_gateway::ROUTE_TABLES_LISTED_TO_THE_OWNER_ALONE;
    let refusals = [
        &transit_gateway::ROUTE_TABLES_CLOSED_TO_CONSUMERS,
        &transit_gateway::ROUTE_TABLE_KNOWN_TO_THE_CALLER,
    ];
    let unknown = unknown_or_beside(world, actor, named, closed, refusals);
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayRouteTable { .. });
    require_seen(world, actor, named, is_one, unknown, conditions)
}

/// Requires that a route table of a transit gateway is the caller's, and that an attachment is of the
/// same gateway and does not wait. Returns the table and the attachment.
pub fn require_routable<'w>(
    world: &'w World,
    actor: Account,
    table: &'w Reference,
    attachment: &'w Reference,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Name)> {
    let table = require_gateway_table(world, actor, table, conditions);
    let unknown = &transit_gateway::ATTACHMENT_KNOWN;
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayAttachment { .. });
    let attachment = require_seen(world, actor, attachment, is_one, unknown, conditions);
    let ((table, routing), (attachment, attached)) = table.zip(attachment)?;
    let Kind::TransitGatewayRouteTable { gateway, .. } = &routing.kind else { return None };
    let Kind::TransitGatewayAttachment { gateway: of, waiting, .. } = &attached.kind else {
        return None;
    };
    let within = gateway == of;
    conditions.require(within, &transit_gateway::ROUTED_WITHIN_ONE_GATEWAY);
    conditions.require(!waiting || !within, &transit_gateway::ROUTED_ONCE_ACCEPTED);
    (within && !waiting).then_some((table, attachment))
}

/// The rows of a list of attachments that a route table routes: one for every attachment in the world, to
/// be there or not.
#[must_use]
pub fn routed(world: &World, attachments: &BTreeSet<Name>) -> Vec<Row> {
    let all = world.resources.iter();
    let all = all.filter(|(_, it)| matches!(it.kind, Kind::TransitGatewayAttachment { .. }));
    let row = |(name, attachment): (&Name, &Resource)| {
        let rule = &transit_gateway::ROUTING_LISTED_TO_THE_OWNER;
        let key = Key::Resource(name.clone());
        match (attachments.contains(name), attachment.deleted) {
            (true, false) => Row::expected(key, rule),
            (true, true) => Row::forbidden(key, &visibility::GONE_ONCE_DELETED),
            (false, _) => Row::forbidden(key, rule),
        }
    };
    all.map(row).collect()
}

/// Whether a VPC is attached to a transit gateway, whose owner has accepted that.
#[must_use]
pub fn is_attached(world: &World, attached: &Name, to: &Name) -> bool {
    world.resources.values().any(|it| {
        matches!(&it.kind, Kind::TransitGatewayAttachment { gateway, vpc, waiting: false }
            if gateway == to && vpc == attached)
            && !it.deleted
    })
}

/// The route tables whose associations and propagations an account reads.
#[must_use]
pub fn routing_tables(world: &World, account: Account) -> Vec<Reference> {
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayRouteTable { .. });
    let tables = world.sights_of(account, is_one).into_iter();
    let tables = tables.filter(|(_, _, sight)| sight.is_seen() && sight.judged);
    tables.map(|(name, _, _)| Reference::Named(name.clone())).collect()
}

/// A route table of a transit gateway to name: mostly an own one, or one of a gateway that is shared.
pub(crate) fn draw_gateway_table(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<Reference> {
    let weights = Weights { own: 6, seen: 1, near: 1, far: 2 };
    let is_one = |kind: &Kind| matches!(kind, Kind::TransitGatewayRouteTable { .. });
    draw_resource(world, actor, dice, is_one, weights)
}

/// A route table of a transit gateway, and an attachment: mostly one of the same gateway.
pub(crate) fn draw_routing(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
) -> Option<(Reference, Reference)> {
    let table = draw_gateway_table(world, actor, dice)?;
    let Some(Kind::TransitGatewayRouteTable { gateway, .. }) =
        table.name().and_then(|name| world.resources.get(name)).map(|resource| &resource.kind)
    else {
        return None;
    };
    let any = dice.percent(20);
    let attachments = world.resources.iter().filter(|(_, resource)| {
        matches!(&resource.kind, Kind::TransitGatewayAttachment { gateway: of, .. } if any || of == gateway)
            && !resource.deleted
    });
    let attachment = dice.pick_from(attachments.map(|(name, _)| Reference::Named(name.clone())))?;
    Some((table, attachment))
}

/// The weights by which the generator picks a resource, by the caller's sight of it.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Weights {
    /// The caller's own.
    pub(crate) own: usize,
    /// Another account's that the caller sees.
    pub(crate) seen: usize,
    /// One that the caller was, or is to be, granted, and does not see now.
    pub(crate) near: usize,
    /// Any other.
    pub(crate) far: usize,
}

/// A living resource of a kind that a scenario can name, picked by its appearance to the caller.
pub(crate) fn draw_resource(
    world: &World,
    actor: Account,
    dice: &mut Dice<'_>,
    of_kind: impl Fn(&Kind) -> bool,
    weights: Weights,
) -> Option<Reference> {
    let resources = world.resources.iter().filter(|(name, resource)| {
        of_kind(&resource.kind) && !resource.deleted && !name.as_str().contains('.')
    });
    let near = [&visibility::HIDDEN_WHILE_PENDING, &visibility::UNKNOWN_AFTER_REVOCATION_IN_USE];
    let weighted = resources.map(|(name, resource)| {
        let sight = world.sight(actor, name);
        let weight = if resource.owner == actor {
            weights.own
        } else if sight.is_seen() {
            weights.seen
        } else if near.contains(&sight.rule) || is_revoked(sight.rule) {
            weights.near
        } else {
            weights.far
        };
        (name, weight)
    });
    dice.pick_weighted(weighted).map(|name| Reference::Named(name.clone()))
}
