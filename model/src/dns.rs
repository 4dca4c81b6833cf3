//! The behaviour that resources of Route 53 have in common which accounts share and associate with VPCs:
//! Resolver rules and their like.

use smol_str::SmolStr;

use crate::answer::{Conditions, Expected, Field, Key, Reply, Row};
use crate::compute::{
    Weights, described, draw_resource, find_with_sight, granted_by, require_seen,
};
use crate::dice::Dice;
use crate::kinds::{Dns, Ending};
use crate::parameters::Reference;
use crate::rules::{Rule, visibility};
use crate::world::{AssociationStatus, Kind, Resource, Use, World};
use crate::{Account, Name};

/// A domain for something new: now and then that of another one of its kind, mostly none.
pub(crate) fn draw_domain(
    world: &World,
    dice: &mut Dice<'_>,
    names: &[&'static str],
    of_kind: impl Fn(&Kind) -> bool,
) -> SmolStr {
    let taken = world.given_names.iter().filter(|(name, _)| {
        world.resources.get(*name).is_some_and(|it| !it.deleted && of_kind(&it.kind))
    });
    let taken = dice.pick_from(taken.map(|(_, given)| given.clone()));
    taken.filter(|_| dice.percent(50)).unwrap_or_else(|| dice.name(names))
}

impl Ending {
    /// Ends one association, or leaves it undecided.
    fn befall(self, state: &mut Use, deleted: &mut bool) {
        match self {
            Self::Ends(rule) => {
                *state = Use::Ended(rule);
                *deleted = true;
            }
            Self::Open(rule) => *state = Use::Open(rule),
        }
    }
}

impl Dns {
    /// Whether a resource is of this type.
    #[must_use]
    pub fn includes(&self, kind: &Kind) -> bool {
        matches!(kind, Kind::Dns(dns) if *dns == self)
    }

    /// Whether an account has few enough of its own for another one.
    pub(crate) fn draw_new(&'static self, world: &World, actor: Account) -> bool {
        let own = world.resources.values().filter(|resource| {
            resource.owner == actor && !resource.deleted && self.includes(&resource.kind)
        });
        own.count() < 2
    }

    /// One to read, change or delete; now and then one that is gone, or that never was.
    pub(crate) fn draw(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<Reference> {
        if dice.percent(4) {
            let nobodys = format!("{}0123456789abcdef0", self.id_prefix);
            return Some(Reference::Literal(nobodys.into()));
        }
        if dice.percent(5) {
            let gone =
                world.resources.iter().filter(|(_, it)| it.deleted && self.includes(&it.kind));
            return dice.pick_from(gone.map(|(name, _)| Reference::Named(name.clone())));
        }
        let weights = Weights { own: 4, seen: 6, near: 4, far: 1 };
        draw_resource(world, actor, dice, |kind| self.includes(kind), weights)
    }

    /// One, and a VPC to associate it with: one of the caller's own, mostly.
    pub(crate) fn draw_use(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<(Reference, Reference)> {
        let weights = Weights { own: 2, seen: 8, near: 4, far: 1 };
        let named = draw_resource(world, actor, dice, |kind| self.includes(kind), weights)?;
        let weights = Weights { own: 12, seen: 1, near: 1, far: 1 };
        let vpc = draw_resource(world, actor, dice, |kind| matches!(kind, Kind::Vpc), weights)?;
        Some((named, vpc))
    }

    /// The resource and the VPC of an association, mostly of one that the caller made.
    pub(crate) fn draw_used(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<(Reference, Reference)> {
        let any = dice.percent(10);
        let pairs = world.resources.values().filter_map(|resource| {
            let Kind::DnsAssociation { dns, of, vpc, .. } = &resource.kind else { return None };
            let fits = *dns == self && !resource.deleted && (any || resource.owner == actor);
            fits.then(|| (Reference::Named(of.clone()), Reference::Named(vpc.clone())))
        });
        dice.pick_from(pairs)
    }

    /// Makes one.
    pub(crate) fn make(&'static self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::Dns(self);
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        let rule = self.made_by_its_owner;
        Reply::granted(rule).with("OwnerId", Expected::Account(actor), rule).with(
            "ShareStatus",
            NOT_SHARED,
            self.marked_as_not_shared,
        )
    }

    /// Requires that the caller sees the one that it names.
    pub(crate) fn require<'w>(
        &'static self,
        world: &'w World,
        actor: Account,
        named: &'w Reference,
        conditions: &mut Conditions,
    ) -> Option<(&'w Name, &'w Resource)> {
        let unknown = match named {
            Reference::Literal(id) if id.starts_with(self.id_prefix) => self.existing,
            Reference::Literal(_) | Reference::Named(_) => self.known_to_the_caller,
        };
        require_seen(world, actor, named, |kind| self.includes(kind), unknown, conditions)
    }

    /// Requires that the caller may change the one that it names.
    pub(crate) fn require_own<'w>(
        &'static self,
        world: &'w World,
        actor: Account,
        named: &'w Reference,
        conditions: &mut Conditions,
    ) -> Option<(&'w Name, &'w Resource)> {
        let (name, resource) = self.require(world, actor, named, conditions)?;
        conditions.require(resource.owner == actor, self.changed_by_its_owner_alone);
        (resource.owner == actor).then_some((name, resource))
    }

    /// Requires that the caller may delete the one that it names.
    pub(crate) fn require_end(
        &'static self,
        world: &World,
        actor: Account,
        named: &Reference,
        conditions: &mut Conditions,
    ) {
        let Some((name, _)) = self.require_own(world, actor, named, conditions) else { return };
        for (_, association) in world.associations_of(name) {
            if let Kind::DnsAssociation { state: Use::Open(open), .. } = &association.kind {
                conditions.require(false, open);
            } else if association.owner == actor {
                conditions.require(false, self.kept_while_associated);
            } else if let Ending::Open(open) = self.deleted_in_use {
                conditions.require(false, open);
            }
        }
        if let Some(rule) = self.kept_while_shared {
            match sharing(world, name) {
                Sharing::Not => {}
                Sharing::Shared => conditions.require(false, rule),
                Sharing::Unknown => {
                    conditions.require(false, &visibility::THROUGH_AN_UNKNOWN_GRANT);
                }
            }
        }
    }

    /// Deletes the one that a call names.
    pub(crate) fn end(&'static self, world: &mut World, named: &Reference) -> Reply {
        let reply = Reply::granted(self.made_by_its_owner);
        let Some(name) = named.name() else { return reply };
        let Some(resource) = world.resources.get_mut(name) else { return reply };
        resource.deleted = true;
        let name = name.clone();
        for resource in world.resources.values_mut().filter(|resource| !resource.deleted) {
            if let Kind::DnsAssociation { of, state, .. } = &mut resource.kind
                && *of == name
            {
                self.deleted_in_use.befall(state, &mut resource.deleted);
            }
        }
        reply
    }

    /// Returns the expected reply to reading one.
    pub(crate) fn get(&'static self, world: &World, actor: Account, named: &Reference) -> Reply {
        let granted = Reply::granted(self.made_by_its_owner);
        let Some((name, resource, sight)) = find_with_sight(world, actor, named) else {
            return granted;
        };
        let because = if resource.owner == actor { self.made_by_its_owner } else { sight.rule };
        let mut reply = Reply::granted(because);
        if sight.judged && sight.is_seen() {
            reply = reply.with("OwnerId", Expected::Account(resource.owner), sight.rule);
            reply.fields.extend(self.share_status(world, actor, name, resource));
        }
        reply
    }

    /// Returns the expected reply to listing them.
    pub(crate) fn list(&'static self, world: &World, actor: Account) -> Reply {
        let mut rows = described(world, actor, |kind| self.includes(kind));
        if !self.lists_owners {
            for row in &mut rows {
                row.fields.clear();
            }
        }
        for row in rows.iter_mut().filter(|row| row.present && row.judged) {
            let Key::Resource(name) = &row.key else { continue };
            let Some(resource) = world.resources.get(name) else { continue };
            row.fields.extend(self.share_status(world, actor, name, resource));
        }
        Reply { because: granted_by(&rows, &[]), fields: Vec::new(), rows }
    }

    /// ShareStatus as this account sees it, where it is known.
    fn share_status(
        &'static self,
        world: &World,
        actor: Account,
        name: &Name,
        resource: &Resource,
    ) -> Option<Field> {
        let (expected, rule) = if resource.owner == actor {
            match sharing(world, name) {
                Sharing::Shared => {
                    (Expected::OneOf(&["SHARED_BY_ME"]), self.marked_as_shared_by_its_owner)
                }
                Sharing::Not => (NOT_SHARED, self.marked_as_not_shared),
                Sharing::Unknown => return None,
            }
        } else {
            (Expected::OneOf(&["SHARED_WITH_ME"]), self.marked_as_shared_with_a_consumer)
        };
        Some(Field { name: "ShareStatus", expected, rule })
    }

    /// Requires that the caller may associate one with a VPC.
    pub(crate) fn require_use(
        &'static self,
        world: &World,
        actor: Account,
        named: &Reference,
        vpc: &Reference,
        conditions: &mut Conditions,
    ) {
        let found = self.require(world, actor, named, conditions);
        let own = own_vpc(world, actor, vpc, self.associated_with_own_vpcs, conditions);
        if let (Some((name, _)), Some(vpc)) = (found, own) {
            for association in self.rivals(world, name, vpc) {
                let known = &association.kind;
                let rule = if let Kind::DnsAssociation { state: Use::Open(open), .. } = known {
                    open
                } else {
                    self.associated_again
                };
                conditions.require(false, rule);
            }
            if let Some(rule) = self.one_per_domain_and_vpc {
                for association in self.namesakes(world, name, vpc) {
                    let known = &association.kind;
                    let rule = if let Kind::DnsAssociation { state: Use::Open(open), .. } = known {
                        open
                    } else {
                        rule
                    };
                    conditions.require(false, rule);
                }
            }
        }
    }

    /// The living associations of a VPC with others of the domain that this resource was given.
    fn namesakes<'w>(
        &'static self,
        world: &'w World,
        named: &'w Name,
        vpc: &'w Name,
    ) -> impl Iterator<Item = &'w Resource> {
        let domain = world.given_names.get(named);
        let living = world.resources.values().filter(|resource| !resource.deleted);
        living.filter(move |resource| {
            matches!(
                &resource.kind,
                Kind::DnsAssociation { dns, of, vpc: with, .. }
                    if *dns == self && with == vpc && of != named
                        && domain.is_some_and(|domain| world.is_named(of, domain))
            )
        })
    }

    /// The living associations with a VPC that a further one, of this resource, would be one too many
    /// beside.
    fn rivals<'w>(
        &'static self,
        world: &'w World,
        named: &'w Name,
        vpc: &'w Name,
    ) -> impl Iterator<Item = &'w Resource> {
        let living = world.resources.values().filter(|resource| !resource.deleted);
        living.filter(move |resource| {
            matches!(
                &resource.kind,
                Kind::DnsAssociation { dns, of, vpc: with, .. }
                    if *dns == self && with == vpc && (self.one_for_each_vpc || of == named)
            )
        })
    }

    /// Associates one with a VPC.
    pub(crate) fn associate(
        &'static self,
        world: &mut World,
        actor: Account,
        (named, vpc): (&Reference, &Reference),
        made: &Name,
    ) -> Reply {
        let reply = Reply::granted(self.associated_by_consumers);
        let (Some(of), Some(vpc)) = (named.name(), vpc.name()) else { return reply };
        let again = !self.one_for_each_vpc
            && world.associations_of(of).any(|(_, it)| is_with(&it.kind, vpc));
        let sight = world.sight(actor, of);
        let state = if again {
            Use::Open(self.associated_again)
        } else if sight.judged {
            Use::Plain
        } else {
            Use::Open(sight.rule)
        };
        if again {
            for resource in world.resources.values_mut() {
                if is_of(&resource.kind, of) && is_with(&resource.kind, vpc) {
                    doubt(&mut resource.kind, self.associated_again);
                }
            }
        }
        let kind = Kind::DnsAssociation { dns: self, of: of.clone(), vpc: vpc.clone(), state };
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        reply
    }

    /// Requires that the caller has one associated with a VPC.
    pub(crate) fn require_used(
        &'static self,
        world: &World,
        actor: Account,
        (named, vpc): (&Reference, &Reference),
        conditions: &mut Conditions,
    ) {
        let used = || {
            let (of, vpc) = (named.name()?, vpc.name()?);
            world.associations_of(of).find(|(_, it)| it.owner == actor && is_with(&it.kind, vpc))
        };
        match used().map(|(_, it)| &it.kind) {
            Some(Kind::DnsAssociation { state: Use::Open(open), .. }) => {
                conditions.require(false, open);
            }
            Some(_) => {}
            None => {
                let moved = self.left_by_a_move.filter(|rules| {
                    let left = Use::Ended(rules.ended);
                    world.resources.values().any(|it| {
                        let fits = named.name().is_some_and(|of| is_of(&it.kind, of))
                            && vpc.name().is_some_and(|vpc| is_with(&it.kind, vpc));
                        fits && it.owner == actor
                            && matches!(it.kind, Kind::DnsAssociation { state, .. } if state == left)
                    })
                });
                let refused = moved.map_or(self.disassociated_once, |rules| rules.disassociated);
                conditions.require(false, refused);
            }
        }
    }

    /// Takes an association away.
    pub(crate) fn disassociate(
        &'static self,
        world: &mut World,
        actor: Account,
        (named, vpc): (&Reference, &Reference),
    ) -> Reply {
        if let (Some(of), Some(vpc)) = (named.name(), vpc.name()) {
            for resource in world.resources.values_mut().filter(|resource| resource.owner == actor)
            {
                if is_of(&resource.kind, of) && is_with(&resource.kind, vpc) {
                    resource.deleted = true;
                }
            }
        }
        Reply::granted(self.associated_by_consumers)
    }

    /// The association to take away: one of the caller's own, mostly.
    pub(crate) fn draw_association(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<Reference> {
        let any = dice.percent(20);
        let own = world.resources.iter().filter(|(_, resource)| {
            let fits = matches!(&resource.kind, Kind::DnsAssociation { dns, .. } if *dns == self);
            fits && !resource.deleted && (any || resource.owner == actor)
        });
        dice.pick_from(own).map(|(name, _)| Reference::Named(name.clone()))
    }

    /// Requires that the caller may take away the association that it names.
    pub(crate) fn require_association(
        &'static self,
        world: &World,
        actor: Account,
        named: &Reference,
        conditions: &mut Conditions,
    ) {
        let resource = named.name().and_then(|name| world.resources.get(name));
        let living = resource.filter(|resource| !resource.deleted);
        let found = living.and_then(|resource| {
            let Kind::DnsAssociation { dns, of, state, .. } = &resource.kind else { return None };
            (*dns == self).then_some((resource, of, state))
        });
        let Some((resource, of, state)) = found else {
            return conditions.require(false, self.disassociated_once);
        };
        if let Use::Open(open) = state {
            conditions.require(false, open);
        }
        if resource.owner != actor {
            let of_the_owner = world.resources.get(of).is_some_and(|of| of.owner == actor);
            let open = self.association_removed_by_the_owner.filter(|_| of_the_owner);
            conditions.require(false, open.unwrap_or(self.disassociated_once));
        }
    }

    /// Takes away the association that a call names.
    pub(crate) fn end_association(&'static self, world: &mut World, named: &Reference) -> Reply {
        if let Some(resource) = named.name().and_then(|name| world.resources.get_mut(name)) {
            resource.deleted = true;
        }
        Reply::granted(self.associated_by_consumers)
    }

    /// Returns the expected reply to listing the associations.
    pub(crate) fn list_associations(&'static self, world: &World, actor: Account) -> Reply {
        let is_one = |kind: &Kind| matches!(kind, Kind::DnsAssociation { .. });
        let sights = world.sights_of(actor, is_one).into_iter();
        let own = sights.filter(
            |(_, resource, _)| matches!(&resource.kind, Kind::DnsAssociation { dns, .. } if *dns == self),
        );
        let rows = own.map(|(name, _, sight)| Row {
            key: Key::Resource(name.clone()),
            present: sight.is_seen(),
            judged: sight.judged,
            rule: sight.rule,
            fields: Vec::new(),
        });
        let rows: Vec<_> = rows.collect();
        Reply { because: granted_by(&rows, &[]), fields: Vec::new(), rows }
    }
}

const NOT_SHARED: Expected = Expected::OneOf(&["NOT_SHARED"]);

/// A domain, in the form by which two are compared: without a dot at its end, in small letters.
pub(crate) fn domain(given: &str) -> SmolStr {
    SmolStr::new(given.trim_end_matches('.').to_ascii_lowercase())
}

/// Whether a resource is shared with anybody.
enum Sharing {
    /// No living share holds it.
    Not,
    /// A share holds it that grants to somebody.
    Shared,
    /// A share holds it that grants to nobody yet, or of which that is not known.
    Unknown,
}

fn sharing(world: &World, name: &Name) -> Sharing {
    let mut found = Sharing::Not;
    for share in world.shares.values() {
        let Some(resource) = share.resources.get(name) else { continue };
        let undecided = share.open.is_some() || resource.open.is_some();
        let held = resource.status == AssociationStatus::Associated && !share.deleted;
        if undecided {
            found = Sharing::Unknown;
        } else if held {
            let mut principals = share.principals.values();
            let granted = |it: &crate::world::Association| {
                it.status == AssociationStatus::Associated && it.open.is_none()
            };
            if principals.any(granted) {
                return Sharing::Shared;
            }
            found = Sharing::Unknown;
        }
    }
    found
}

/// Requires that a VPC is the caller's own.
pub(crate) fn own_vpc<'w>(
    world: &World,
    actor: Account,
    named: &'w Reference,
    rule: &'static Rule,
    conditions: &mut Conditions,
) -> Option<&'w Name> {
    let name = named.name();
    let vpc = name.and_then(|name| world.resources.get(name));
    let vpc = vpc.filter(|vpc| matches!(vpc.kind, Kind::Vpc));
    conditions.require(vpc.is_some_and(|vpc| vpc.owner == actor), rule);
    let gone = vpc.is_some_and(|vpc| vpc.deleted);
    conditions.require_living(!gone, rule);
    name.filter(|_| vpc.is_some_and(|vpc| vpc.owner == actor && !vpc.deleted))
}

fn is_of(kind: &Kind, named: &Name) -> bool {
    matches!(kind, Kind::DnsAssociation { of, .. } if of == named)
}

fn is_with(kind: &Kind, named: &Name) -> bool {
    matches!(kind, Kind::DnsAssociation { vpc, .. } if vpc == named)
}

fn doubt(kind: &mut Kind, open: &'static Rule) {
    if let Kind::DnsAssociation { state, .. } = kind {
        *state = Use::Open(open);
    }
}

impl World {
    /// The living associations of a resource with VPCs.
    pub fn associations_of<'w>(
        &'w self,
        name: &'w Name,
    ) -> impl Iterator<Item = (&'w Name, &'w Resource)> {
        let resources = self.resources.iter();
        resources.filter(move |(_, resource)| !resource.deleted && is_of(&resource.kind, name))
    }

    /// Ends, or leaves undecided, the associations of consumers whose grant has ended.
    pub(crate) fn end_uses_without_a_grant(&mut self) {
        let used = self.resources.iter().filter_map(|(name, resource)| {
            let Kind::DnsAssociation { dns, of, state: Use::Plain, .. } = &resource.kind else {
                return None;
            };
            (!resource.deleted).then_some((name, resource.owner, *dns, of))
        });
        let mut ended = Vec::new();
        for (name, owner, dns, of) in used {
            let sight = self.sight(owner, of);
            if !sight.judged {
                ended.push((name.clone(), Ending::Open(sight.rule)));
            } else if !sight.is_seen() {
                ended.push((name.clone(), dns.revoked_in_use));
            }
        }
        for (name, ending) in ended {
            let Some(resource) = self.resources.get_mut(&name) else { continue };
            let Kind::DnsAssociation { state, .. } = &mut resource.kind else { continue };
            ending.befall(state, &mut resource.deleted);
        }
        self.end_holds_without_a_grant();
    }

    /// Leaves undecided the associations with a VPC that is deleted.
    pub(crate) fn doubt_uses_of(&mut self, vpc: &Name, open: &'static Rule) {
        for resource in self.resources.values_mut() {
            if is_with(&resource.kind, vpc) {
                doubt(&mut resource.kind, open);
            }
        }
    }

    /// Whether a living association is with this VPC; hosted zones have none.
    pub(crate) fn is_associated(&self, vpc: &Name) -> bool {
        self.resources.values().any(|resource| !resource.deleted && is_with(&resource.kind, vpc))
    }
}
