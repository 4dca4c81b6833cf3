//! Conditions that the operations on resource shares have in common: who may write, who and what may join,
//! and what joining does.

use smol_str::SmolStr;

use crate::answer::{Conditions, Expected, Key, Row};
use crate::dice::Dice;
use crate::limits::{self, Joined};
use crate::parameters::Reference;
use crate::permissions::attach_default;
use crate::principal::Source;
use crate::resources::{self, ResourceType};
use crate::rules::{
    Rule, association, invitation, ipam_pool, prefix_list, principal, read, region, resolver_rule,
    resource, security_group, share, source,
};
use crate::time::invitations_last;
use crate::view::Access;
use crate::world::{
    Association, AssociationStatus, Invitation, InvitationStatus, Kind, Organization, Share, World,
};
use crate::{Account, Assumption, Assumptions, Name, Principal, Region, placeholder, shareable};

/// The ARN of a share that nobody made.
pub const NO_SHARE: &str =
    "arn:aws:ram:us-east-1:111122223333:resource-share/00000000-0000-4000-8000-000000000000";

/// The name of a share that a scenario does not name.
pub const PLAIN_NAME: &str = "bellwether";

/// The value of `resourceOwner` that asks for what others share with the caller.
pub(crate) const OF_OTHERS: &str = "OTHER-ACCOUNTS";

/// The words of an association on its way in.
pub const ASSOCIATING: Expected = Expected::OneOf(&["ASSOCIATING"]);
/// The words of an association on its way out.
pub const DISASSOCIATING: Expected = Expected::OneOf(&["DISASSOCIATING"]);

/// The share that a call names, where it exists; what is wrong with the name otherwise.
pub fn named_share<'w>(
    world: &'w World,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Share)> {
    let (name, share) = match named {
        Reference::Named(name) => (name, world.shares.get(name)),
        Reference::Literal(text) => {
            let is_arn = text.starts_with("arn:aws:ram:") && text.contains(":resource-share/");
            conditions.require(is_arn, &share::NAMED_BY_AN_ARN);
            conditions.require(!is_arn, &share::KNOWN_TO_THE_CALLER);
            return None;
        }
    };
    let is_other = share.is_none() && world.resources.contains_key(name);
    conditions.require(!is_other, &share::NAMED_BY_AN_ARN);
    conditions.require(share.is_some() || is_other, &share::KNOWN_TO_THE_CALLER);
    share.map(|share| (name, share))
}

/// Requires that a list which is narrowed to a share would list it at all.
pub fn require_listed_share(
    world: &World,
    asked: &Reference,
    conditions: &mut Conditions,
    is_listed: impl Fn(&Share) -> bool,
) {
    let listed = match asked {
        Reference::Named(name) => world.shares.get(name).is_some_and(is_listed),
        Reference::Literal(text) => {
            let is_arn = text.starts_with("arn:");
            conditions.require(is_arn, &share::NAMED_BY_AN_ARN);
            !is_arn
        }
    };
    conditions.require(listed, &read::FILTERED_BY_UNKNOWN_THINGS);
}

/// Whether RAM's lists of what an account shares, or of what others share with it, are about a
/// share.
#[must_use]
pub fn is_listed(world: &World, share: &Share, actor: Account, of_others: bool) -> bool {
    if of_others {
        share.owner != actor && world.access(share, actor) == Access::Granted
    } else {
        share.owner == actor && !share.deleted
    }
}

/// Requires that the principals to which a list is narrowed are of a form that RAM takes.
pub fn require_principals(asked: &[Principal], conditions: &mut Conditions) {
    let fit = asked.iter().all(|it| !matches!(parsed(it), Principal::Literal(_)));
    conditions.require(fit, &read::FILTERED_BY_UNKNOWN_THINGS);
}

/// Draws a principal to narrow a list to: now and then one that is none.
pub(crate) fn narrowing_to(principal: Option<Principal>, dice: &mut Dice<'_>) -> Vec<Principal> {
    let odd = Some(Principal::Literal("nobody".into()));
    let drawn = if dice.percent(2) { odd } else { principal };
    drawn.into_iter().collect()
}

/// Requires that a list which is narrowed to a resource would list it at all.
pub fn require_listed_resource(
    world: &World,
    asked: &Reference,
    conditions: &mut Conditions,
    is_listed: impl Fn(&Share) -> bool,
) {
    let listed = match asked {
        Reference::Named(name) => {
            let mut shares = world.shares.values().filter(|share| is_listed(share));
            world.resources.contains_key(name) && shares.any(|it| it.resources.contains_key(name))
        }
        Reference::Literal(text) => {
            let is_arn = text.starts_with("arn:");
            conditions.require(is_arn, &resource::NAMED_BY_AN_ARN);
            !is_arn
        }
    };
    conditions.require(listed, &read::FILTERED_BY_UNKNOWN_THINGS);
}

/// The share that its owner is about to write to.
pub fn own_share<'w>(
    world: &'w World,
    actor: Account,
    named: &'w Reference,
    conditions: &mut Conditions,
) -> Option<(&'w Name, &'w Share)> {
    let (name, share) = named_share(world, named, conditions)?;
    conditions.require(share.owner == actor, &share::WRITTEN_BY_ITS_OWNER_ALONE);
    conditions.require(!share.deleted, &share::FINAL_ONCE_DELETED);
    share.require_kept(conditions);
    Some((name, share))
}

/// The service of which a recording shows that it is taken as a principal, of an empty share and
/// with a source.
const KNOWN_SERVICE: &str = "pca-connector-ad";

impl<'a> Joined<'a> {
    /// The types of the resources in the share, those joining included.
    fn types(&self, world: &'a World) -> impl Iterator<Item = &'static ResourceType> {
        let live = |(name, association): (&'a Name, &Association)| {
            (association.status != AssociationStatus::Disassociated).then_some(name)
        };
        let held =
            self.share.into_iter().flat_map(move |share| share.resources.iter().filter_map(live));
        held.chain(self.resources.iter().filter_map(Reference::name))
            .filter_map(|name| resources::of(world.assumptions, &world.resources.get(name)?.kind))
    }

    /// The principals in the share, those joining included.
    fn everybody(&self) -> impl Iterator<Item = &'a Principal> {
        let live = |(principal, association): (&'a Principal, &Association)| {
            (association.status != AssociationStatus::Disassociated).then_some(principal)
        };
        let held =
            self.share.into_iter().flat_map(move |share| share.principals.iter().filter_map(live));
        held.chain(self.principals)
    }

    /// Whether a principal is an account, or in one, that RAM sees outside the organization.
    fn is_outside(&self, world: &World, principal: &Principal) -> bool {
        let account = parsed(principal).account();
        account.is_some_and(|account| !world.are_fellows(self.owner, account))
    }

    /// Requires that all principals and resources may join.
    pub fn require(&self, world: &World, conditions: &mut Conditions) {
        conditions.require_not_open(world.organization_of(self.owner).and_then(|(_, it)| it.open));
        for joining in self.principals {
            self.require_principal(world, joining, conditions);
            let held = self.share.and_then(|share| share.principals.get(&parsed(joining)));
            let waiting = held.filter(|held| held.status == AssociationStatus::Associating);
            conditions.require_not_open(waiting.and_then(|held| held.open));
        }
        for joining in self.resources {
            self.require_resource(world, joining, conditions);
        }
        let again = limits::repetitions(self.principals) > 0;
        conditions.require(!again, &principal::NAMED_ONCE);
        let again = limits::repetitions(self.resources) > 0;
        conditions.require(!again, &resource::NAMED_ONCE);
        self.require_services(world, conditions);
        limits::require_joined(world, self, conditions);
        limits::require_of_a_call(world, self.resources, conditions);
        if self.everybody().any(|it| matches!(it, Principal::Role(..) | Principal::User(..))) {
            let all = self.types(world).all(|of_type| of_type.facts.takes_identities);
            conditions.require(all, &principal::IDENTITY_WHERE_THE_TYPE_ALLOWS);
        }
        if self.retains && world.members.contains_key(&self.owner) {
            let plain = |it: &Principal| matches!(it, Principal::Account(_));
            let open = self.outsiders && self.everybody().all(plain);
            let open = open && self.types(world).all(|it| !it.facts.inside_organization_only);
            conditions.require(open, &share::RETAINING_INSIDE_THE_ORGANIZATION);
        }
        if self.everybody().any(|it| self.is_outside(world, it)) {
            let any = self.types(world).any(|of_type| of_type.facts.inside_organization_only);
            conditions.require(!any, &association::OF_OUTSIDERS_AND_INSIDE_RESOURCES);
        }
    }

    /// Requires that the services among the principals, and their sources, may join.
    fn require_services(&self, world: &World, conditions: &mut Conditions) {
        let services = self.everybody().filter(|it| matches!(it, Principal::Service(_))).count();
        let known = |it: &Principal| matches!(it, Principal::Service(name) if name.as_str() == KNOWN_SERVICE);
        let held = self.share.into_iter().flat_map(live_sources);
        let sourced = !self.sources.is_empty() || held.count() > 0;
        let shown = sourced && self.everybody().all(known) && self.types(world).next().is_none();
        conditions.require(services == 0 || shown, &principal::SERVICE_NAMED);
        conditions.require(services == 0 || self.outsiders, &principal::SERVICE_IN_AN_OPEN_SHARE);
        conditions.require(
            services == 0 || services == self.everybody().count(),
            &principal::SERVICE_ALONE,
        );
        let beside = services > 0 || self.sources.is_empty();
        conditions.require(beside, &source::GIVEN_BESIDE_A_SERVICE);
        let formed = self.sources.iter().all(Source::is_formed);
        conditions.require(formed, &source::IN_AN_ACCEPTED_FORM);
        let held = |it: &Source| self.share.is_some_and(|share| share.sources.contains_key(it));
        let once = limits::repetitions(self.sources) == 0 && !self.sources.iter().any(held);
        conditions.require(once, &source::NAMED_ONCE);
    }

    fn require_principal(&self, world: &World, joining: &Principal, conditions: &mut Conditions) {
        let own = world.organization_of(self.owner);
        match joining {
            Principal::Literal(text) => match Principal::read(text) {
                Principal::Literal(_) => {
                    let is_organization = text.starts_with("o-");
                    let is_unit = text.starts_with("ou-");
                    let is_root = text.starts_with("arn:aws:iam::") && text.ends_with(":root");
                    let known = is_organization || is_unit || is_root;
                    conditions.require(!is_organization, &principal::ORGANIZATION_BY_ARN);
                    conditions.require(!is_unit, &principal::UNIT_BY_ARN);
                    conditions.require(!is_root, &principal::ACCOUNT_BY_ID);
                    conditions.require(known, &principal::IN_AN_ACCEPTED_FORM);
                }
                parsed @ (Principal::Account(_)
                | Principal::Organization(_)
                | Principal::OrganizationalUnit(_)
                | Principal::Role(..)
                | Principal::User(..)
                | Principal::Service(_)) => {
                    self.require_arn_of_management(world, text, &parsed, conditions);
                    self.require_principal(world, &parsed, conditions);
                }
            },
            Principal::Organization(_) | Principal::OrganizationalUnit(_)
                if !world.members.contains_key(&self.owner) =>
            {
                conditions.require(false, &principal::ORGANIZATION_OF_ITS_OWNER);
            }
            Principal::Organization(named) => {
                let own = own.filter(|(id, _)| *id == named).map(|(_, it)| it);
                require_resolved(own, &principal::ORGANIZATION_RESOLVED, conditions);
            }
            Principal::OrganizationalUnit(named) => {
                let own = own.map(|(_, it)| it).filter(|it| it.units.contains_key(named));
                require_resolved(own, &principal::UNIT_RESOLVED, conditions);
            }
            Principal::Account(named) if *named == self.owner => {
                conditions.require(false, &principal::OWN_ACCOUNT);
            }
            Principal::Account(_) | Principal::Role(..) | Principal::User(..) => {
                if self.is_outside(world, joining) {
                    let in_organization = world.members.contains_key(&self.owner);
                    conditions.require(
                        self.outsiders || !in_organization,
                        &principal::OUTSIDERS_WHERE_ALLOWED,
                    );
                    conditions.require(
                        self.outsiders || in_organization,
                        &principal::OUTSIDERS_OF_A_STANDALONE_OWNER,
                    );
                    let is_account = matches!(joining, Principal::Account(_));
                    conditions.require(is_account, &invitation::SENT_FOR_AN_IDENTITY);
                }
            }
            Principal::Service(_) => {}
        }
    }

    /// Requires that the ARN of the owner's organization, or of a unit in it, has the management account's id.
    fn require_arn_of_management(
        &self,
        world: &World,
        arn: &str,
        named: &Principal,
        conditions: &mut Conditions,
    ) {
        let Some((id, own)) = world.organization_of(self.owner) else { return };
        let by_management = Principal::account_in_arn(arn) == Some(own.management);
        match named {
            Principal::Organization(named) if named == id => {
                conditions.require(by_management, &principal::ORGANIZATION_BY_ANOTHER_ARN);
            }
            Principal::OrganizationalUnit(named) if own.units.contains_key(named) => {
                conditions.require(by_management, &principal::UNIT_BY_THE_ARN_OF_MANAGEMENT);
            }
            Principal::Organization(_)
            | Principal::OrganizationalUnit(_)
            | Principal::Account(_)
            | Principal::Role(..)
            | Principal::User(..)
            | Principal::Service(_)
            | Principal::Literal(_) => {}
        }
    }

    fn require_resource(&self, world: &World, joining: &Reference, conditions: &mut Conditions) {
        let name = match joining {
            Reference::Named(name) => name,
            Reference::Literal(text) => return require_literal_resource(world, text, conditions),
        };
        let Some(resource) = world.resources.get(name) else {
            let is_share = world.shares.contains_key(name);
            conditions.require(!is_share, &resource::OF_A_SHAREABLE_TYPE);
            conditions.require(is_share, &association::OF_RESOURCES_THAT_EXIST);
            return;
        };
        let Some(of_type) = resources::of(world.assumptions, &resource.kind) else {
            return conditions.require(false, &resource::OF_A_SHAREABLE_TYPE);
        };
        conditions.require(!resource.deleted, &association::OF_RESOURCES_THAT_EXIST);
        conditions.require(resource.owner == self.owner, &resource::SHARED_BY_ITS_OWNER);
        let sharing = world.shares_with_organization(self.owner);
        if of_type.facts.inside_organization_only {
            conditions.require(sharing, &resource::KEPT_INSIDE_THE_ORGANIZATION);
        } else if !sharing && !self.outsiders {
            let known = is_gateway_of_a_member(world, self.owner, &resource.kind);
            conditions.require(!known, &resource::GATEWAY_IN_A_CLOSED_SHARE);
            conditions.require(known, &resource::IN_A_CLOSED_SHARE);
        }
        if (resources::ipam_pool::TYPE.includes)(&resource.kind) {
            let administers = world.administers_ipam(self.owner);
            conditions.require(administers, &ipam_pool::SHARED_BY_THE_ADMINISTRATOR);
        }
        if let Kind::SecurityGroup { vpc, .. } = &resource.kind {
            let owns_vpc = world.resources.get(vpc).is_some_and(|vpc| vpc.owner == self.owner);
            conditions.require(owns_vpc, &security_group::SHARED_BY_THE_VPC_OWNER);
        }
    }
}

/// Requires that RAM finds what a member names of its own organization: `None` if that is not its
/// own. `off` is the rule by which it does not while sharing is off altogether.
fn require_resolved(own: Option<&Organization>, off: &'static Rule, conditions: &mut Conditions) {
    let Some(own) = own else {
        return conditions.require(false, &principal::OF_THE_OWN_ORGANIZATION);
    };
    conditions.require(own.sharing || !own.trusted, &principal::RESOLVED_ONCE_FULLY_ENABLED);
    conditions.require(own.sharing || own.trusted, off);
}

/// Whether a name is one of which it is known that shares can bear it.
#[must_use]
pub fn is_known_name(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b" ._-".contains(&byte);
    name.len() < 256 && name.bytes().all(known)
}

/// A name that shares may not be able to bear.
pub(crate) fn draw_odd_name(dice: &mut Dice<'_>) -> SmolStr {
    ["platform/net", "platform: all of it", "plattform f\u{fc}r alle", " platform", "Platform"]
        [dice.below(5)]
    .into()
}

/// The name that a read asks for: mostly one that shares bear, or one that differs from it by little.
pub(crate) fn draw_asked_name(dice: &mut Dice<'_>) -> SmolStr {
    let names =
        [("platform", 40), ("renamed", 40), (" platform", 8), ("Platform", 6), ("platfor", 6)];
    dice.pick_weighted(names.into_iter()).map(SmolStr::new_static).unwrap_or_default()
}

/// The sources in a share.
pub fn live_sources(share: &Share) -> impl Iterator<Item = &Source> {
    let live = share.sources.iter().filter(|(_, it)| it.status == AssociationStatus::Associated);
    live.map(|(from, _)| from)
}

/// Whether a service is in a share, those left out that the predicate names.
pub fn holds_services(share: &Share, but: impl Fn(&Principal) -> bool) -> bool {
    share.principals.iter().any(|(principal, association)| {
        matches!(principal, Principal::Service(_))
            && association.status != AssociationStatus::Disassociated
            && !but(principal)
    })
}

/// The one case of a closed share without organization sharing that recordings show.
#[must_use]
pub fn is_gateway_of_a_member(world: &World, owner: Account, kind: &Kind) -> bool {
    matches!(kind, Kind::TransitGateway { .. }) && world.members.contains_key(&owner)
}

fn require_literal_resource(world: &World, text: &str, conditions: &mut Conditions) {
    let text = placeholder::symbolic(text);
    let mut parts = text.splitn(6, ':');
    let is_arn = parts.next() == Some("arn") && parts.next() == Some("aws");
    let service = parts.next();
    let account = parts.nth(1);
    let part = parts.next().and_then(|resource| resource.split(['/', ':']).next());
    let (true, Some(service), Some(part)) = (is_arn, service, part) else {
        return conditions.require(false, &resource::NAMED_BY_AN_ARN);
    };
    if (service, part, account) == ("ec2", "prefix-list", Some("aws")) {
        return conditions.require(false, &prefix_list::SHARED_UNLESS_MANAGED_BY_AWS);
    }
    let unshareable = match (service, part) {
        ("ec2", "image") => !world.assumptions.hold(Assumption::RamSharesImages),
        ("route53", "hostedzone") => !world.assumptions.hold(Assumption::RamSharesHostedZones),
        ("ec2", "vpc" | "instance") | ("iam", _) => true,
        _ => false,
    };
    if world.region != Region::HOME && is_global(service, part) {
        return conditions.require(false, &region::GLOBAL_TYPES_SHARED_IN_ONE);
    }
    conditions.require(!unshareable, &resource::OF_A_SHAREABLE_TYPE);
    conditions.require(unshareable, &association::OF_RESOURCES_THAT_EXIST);
}

/// Whether the resources whose ARNs have this service and part are global: `core-network` is the part of
/// `networkmanager:CoreNetwork`.
fn is_global(service: &str, part: &str) -> bool {
    let part = part.replace('-', "");
    shareable::SHAREABLE.iter().filter(|it| it.region_scope == Some("GLOBAL")).any(|it| {
        let of_type = it.name.split_once(':');
        of_type.is_some_and(|(of, name)| of == service && name.eq_ignore_ascii_case(&part))
    })
}

/// The rule by which these may join, where a rule speaks of them in particular.
#[must_use]
pub fn joined_by(
    world: &World,
    principals: &[Principal],
    resources: &[Reference],
    sources: &[Source],
) -> Option<&'static Rule> {
    if !sources.is_empty() {
        return Some(&source::TAKEN_WITH_A_SERVICE);
    }
    let is_rule = |name: &Name| {
        let resource = world.resources.get(name);
        resource.is_some_and(|resource| (resources::resolver_rule::TYPE.includes)(&resource.kind))
    };
    if resources.iter().filter_map(Reference::name).any(is_rule) {
        return Some(&resolver_rule::SYSTEM_RULES_SHARED);
    }
    let inside = |principal: &Principal| {
        matches!(principal, Principal::Organization(_) | Principal::OrganizationalUnit(_))
    };
    let identity =
        |principal: &Principal| matches!(principal, Principal::Role(..) | Principal::User(..));
    let nobodys = |principal: &Principal| matches!(parsed(principal), Principal::Account(account) if !account.is_actor());
    if principals.iter().any(inside) {
        Some(&principal::ORGANIZATION_AND_UNITS_NAMED)
    } else if principals.iter().any(nobodys) {
        Some(&principal::ACCOUNT_UNCHECKED)
    } else if !resources.is_empty() {
        Some(&association::MADE_BY_THE_OWNER)
    } else {
        principals.iter().any(identity).then_some(&principal::IDENTITY_ALONE)
    }
}

/// Adds principals and resources to a share, and invites where an invitation is due.
///
/// Returns the rows that the reply of AssociateResourceShare expects.
pub fn join(
    world: &mut World,
    name: &Name,
    principals: &[Principal],
    resources: &[Reference],
    sources: &[Source],
) -> Vec<Row> {
    let mut rows = Vec::new();
    let sent_before = world.shares.get(name).map_or(0, |share| share.invitations.len());
    for joining in principals {
        let joining = parsed(joining);
        let row = Key::Principal(name.clone(), joining.clone());
        rows.push(row_in_transition(row, join_principal(world, name, joining).as_ref()));
    }
    for joining in resources.iter().filter_map(Reference::name) {
        let Some(resource) = world.resources.get(joining) else {
            continue;
        };
        // What is only assumed to be shareable has no permission that anybody knows of.
        let of_type = resources::of(Assumptions::default(), &resource.kind);
        let Some(share) = world.shares.get_mut(name) else {
            continue;
        };
        if let Some(of_type) = of_type {
            attach_default(share, of_type.facts.name);
        }
        let before = share.resources.get(joining).cloned();
        let ended = before.as_ref().is_some_and(|it| it.status == AssociationStatus::Disassociated);
        let association = share
            .resources
            .entry(joining.clone())
            .or_insert_with(|| Association::new(AssociationStatus::Disassociated, false));
        association.with_share &= !ended;
        association.associate();
        let row = Key::ResourceAssociation(name.clone(), joining.clone());
        rows.push(row_in_transition(row, before.as_ref()));
    }
    if let Some(share) = world.shares.get(name) {
        let lasts = invitations_last(world, share);
        let sent = world.shares.get_mut(name).into_iter().flat_map(|it| &mut it.invitations);
        sent.skip(sent_before).for_each(|sent| sent.lasts = lasts);
    }
    if let Some(share) = world.shares.get_mut(name) {
        for from in sources {
            let association = Association::new(AssociationStatus::Associated, false);
            share.sources.insert(from.clone(), association);
            let key = Key::Source(name.clone(), from.clone());
            rows.push(Row::open(key, &source::ANSWERED_BY_A_ROW, true));
        }
    }
    rows
}

/// A row of a new association says ASSOCIATING; what one says that was there is not known.
fn row_in_transition(key: Key, before: Option<&Association>) -> Row {
    let row = without_details(Row::expected(key, &association::ANSWERED_IN_TRANSITION));
    if before.is_none() {
        row.with("status", ASSOCIATING, &association::ANSWERED_IN_TRANSITION)
    } else {
        row
    }
}

/// A row as writes answer it: without its share's name and its times.
#[must_use]
pub fn without_details(row: Row) -> Row {
    let rule = &association::ANSWERED_WITHOUT_TIMES;
    let members = ["resourceShareName", "creationTime", "lastUpdatedTime"];
    members.into_iter().fold(row, |row, member| row.with(member, Expected::Absent, rule))
}

/// A principal given as text, in the form that the text stands for.
#[must_use]
pub fn parsed(principal: &Principal) -> Principal {
    match principal {
        Principal::Literal(text) => Principal::read(text),
        Principal::Account(_)
        | Principal::Organization(_)
        | Principal::OrganizationalUnit(_)
        | Principal::Role(..)
        | Principal::User(..)
        | Principal::Service(_) => principal.clone(),
    }
}

/// Adds one principal; returns its association as it was before.
fn join_principal(world: &mut World, name: &Name, joining: Principal) -> Option<Association> {
    let owner = world.shares.get(name)?.owner;
    let retains = world.shares.get(name)?.retains;
    let outside = joining.account().filter(|account| world.invites(owner, retains, *account));
    let share = world.shares.get_mut(name)?;
    let before = share.principals.get(&joining).cloned();
    if before.as_ref().is_some_and(|it| it.status != AssociationStatus::Disassociated) {
        return before;
    }
    let Some(receiver) = outside else {
        let again = before.as_ref().is_some_and(|it| it.associated_once);
        let association =
            Association { again, ..Association::new(AssociationStatus::Associated, false) };
        share.principals.insert(joining, association);
        return before;
    };
    let mut association = Association::new(AssociationStatus::Associating, true);
    let mut open = None;
    if let Some(before) = &before {
        association.associated_once = before.associated_once;
        association.again = before.associated_once;
        let mut earlier = share.invitations.iter().filter(|it| it.receiver == receiver);
        let expired = earlier.next_back().map(|it| it.status) == Some(InvitationStatus::Expired);
        if !before.associated_once && !expired {
            open = Some(&invitation::SENT_AGAIN_AFTER_REJECTION);
        }
    }
    association.open = open;
    share.principals.insert(joining.clone(), association);
    let status = InvitationStatus::Pending;
    share.invitations.push(Invitation {
        receiver,
        principal: joining,
        status,
        lasts: None,
        sent_for: 0,
        ended_for: 0,
        open,
    });
    before
}
