//! The behaviour of plain shareable resources: their owner makes, changes and deletes them, and
//! consumers see them, and launch with them, while they are shared.
//!
//! A type is one static beside its resource type. What only one type knows (entries, states,
//! associations with VPCs) has a [`Kind`] of its own instead.

use crate::answer::{Conditions, EmptyList, Expected, Reply, Row};
use crate::compute::{Weights, described, draw_resource, granted_by, keep_asked, require_seen};
use crate::dice::Dice;
use crate::kinds::{Ending, Plain};
use crate::parameters::Reference;
use crate::world::{Held, Kind, Resource, Use, World};
use crate::{Account, Name};

impl Held {
    /// The use of what a launch names.
    pub(crate) fn of(world: &World, actor: Account, named: &Reference) -> Option<Self> {
        let of = named.name()?.clone();
        let sight = world.sight(actor, &of);
        let state = if sight.judged { Use::Plain } else { Use::Open(sight.rule) };
        Some(Self { of, state })
    }
}

/// The instances that one plain resource is used by in drawn cases, at most: fewer than the smallest
/// has room for.
const DRAWN_USES_MAX: usize = 3;

impl Plain {
    /// Whether a resource is of this type.
    #[must_use]
    pub fn includes(&self, kind: &Kind) -> bool {
        matches!(kind, Kind::Plain(plain) if *plain == self)
    }

    /// Whether an account has few enough of its own for another one.
    pub(crate) fn draw_new(&'static self, world: &World, actor: Account) -> bool {
        let resources = world.resources.values();
        let mut own = resources.filter(|resource| {
            resource.owner == actor && !resource.deleted && self.includes(&resource.kind)
        });
        own.next().is_none()
    }

    /// One to read, change or delete.
    pub(crate) fn draw(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<Reference> {
        let weights = Weights { own: 4, seen: 6, near: 3, far: 1 };
        draw_resource(world, actor, dice, |kind| self.includes(kind), weights)
    }

    /// One to launch with.
    pub(crate) fn draw_use(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<Reference> {
        let weights = Weights { own: 2, seen: 8, near: 4, far: 1 };
        let named = draw_resource(world, actor, dice, |kind| self.includes(kind), weights)?;
        let used = world.instances_with(named.name()?).count();
        (used < DRAWN_USES_MAX).then_some(named)
    }

    /// Some that a list is to be narrowed to.
    pub(crate) fn draw_asked(
        &'static self,
        world: &World,
        actor: Account,
        dice: &mut Dice<'_>,
    ) -> Option<Vec<Reference>> {
        let weights = Weights { own: 4, seen: 6, near: 3, far: 1 };
        let mut draw = || draw_resource(world, actor, dice, |kind| self.includes(kind), weights);
        let (first, other) = (draw()?, draw());
        let several = other.filter(|other| *other != first && dice.percent(20));
        Some(std::iter::once(first).chain(several).collect())
    }

    /// Makes one.
    pub(crate) fn make(&'static self, world: &mut World, actor: Account, made: &Name) -> Reply {
        let kind = Kind::Plain(self);
        world.resources.insert(made.clone(), Resource { owner: actor, deleted: false, kind });
        Reply::granted(self.made_by_its_owner)
    }

    /// Requires that the caller sees the one that it names.
    pub(crate) fn require<'w>(
        &'static self,
        world: &'w World,
        actor: Account,
        named: &'w Reference,
        conditions: &mut Conditions,
    ) -> Option<(&'w Name, &'w Resource)> {
        let unknown = self.known_to_the_caller;
        require_seen(world, actor, named, |kind| self.includes(kind), unknown, conditions)
    }

    /// Requires that the caller may change the one that it names.
    pub(crate) fn require_own<'w>(
        &'static self,
        world: &'w World,
        actor: Account,
        named: &'w Reference,
        conditions: &mut Conditions,
    ) -> Option<&'w Name> {
        let (name, resource) = self.require(world, actor, named, conditions)?;
        conditions.require(resource.owner == actor, self.changed_by_its_owner_alone);
        (resource.owner == actor).then_some(name)
    }

    /// Requires that the caller may delete the one that it names.
    pub(crate) fn require_end(
        &'static self,
        world: &World,
        actor: Account,
        named: &Reference,
        conditions: &mut Conditions,
    ) {
        let Some(name) = self.require_own(world, actor, named, conditions) else { return };
        let Some(kept) = self.kept_while_used else { return };
        for held in world.instances_with(name) {
            match held.state {
                Use::Plain => conditions.require(false, kept),
                Use::Open(open) => conditions.require(false, open),
                Use::Ended(_) => {}
            }
        }
    }

    /// Deletes the one that a call names.
    pub(crate) fn end(&'static self, world: &mut World, named: &Reference) -> Reply {
        if let Some(resource) = named.name().and_then(|name| world.resources.get_mut(name)) {
            resource.deleted = true;
        }
        Reply::granted(self.made_by_its_owner)
    }

    /// Requires that the caller sees all that a list is narrowed to.
    pub(crate) fn require_asked(
        &'static self,
        world: &World,
        actor: Account,
        asked: &[Reference],
    ) -> Conditions {
        let mut conditions = Conditions::default();
        conditions.empty_list(EmptyList::IsTolerated);
        for asked in asked {
            self.require(world, actor, asked, &mut conditions);
        }
        conditions
    }

    /// Returns the expected reply to listing them.
    pub(crate) fn list(&'static self, world: &World, actor: Account, asked: &[Reference]) -> Reply {
        let mut rows = described(world, actor, |kind| self.includes(kind));
        keep_asked(&mut rows, asked);
        Reply { because: granted_by(&rows, asked), fields: Vec::new(), rows }
    }
}

impl World {
    /// The type of a plain resource.
    fn plain(&self, name: &Name) -> Option<&'static Plain> {
        if let Kind::Plain(plain) = self.resources.get(name)?.kind { Some(plain) } else { None }
    }

    /// The uses of a plain resource by living instances, those that have ended included.
    pub fn instances_with<'w>(&'w self, name: &'w Name) -> impl Iterator<Item = &'w Held> {
        let living = self.resources.values().filter(|resource| !resource.deleted);
        let held = living.filter_map(|resource| {
            if let Kind::Instance { uses, .. } = &resource.kind { Some(uses) } else { None }
        });
        held.flatten().filter(move |held| held.of == *name)
    }

    /// Ends, or leaves undecided, what instances use of resources that their owners no longer see.
    pub(crate) fn end_holds_without_a_grant(&mut self) {
        let mut ended = Vec::new();
        for (name, resource) in self.resources.iter().filter(|(_, resource)| !resource.deleted) {
            let Kind::Instance { uses, .. } = &resource.kind else { continue };
            for (place, held) in uses.iter().enumerate() {
                let lives = self.resources.get(&held.of).is_some_and(|of| !of.deleted);
                let (Use::Plain, true, Some(plain)) = (held.state, lives, self.plain(&held.of))
                else {
                    continue;
                };
                let Some(ending) = plain.revoked_in_use else { continue };
                let sight = self.sight(resource.owner, &held.of);
                let state = match ending {
                    _ if !sight.judged => Use::Open(sight.rule),
                    _ if sight.is_seen() => continue,
                    Ending::Ends(rule) => Use::Ended(rule),
                    Ending::Open(rule) => Use::Open(rule),
                };
                ended.push((name.clone(), place, state));
            }
        }
        for (name, place, state) in ended {
            let Some(resource) = self.resources.get_mut(&name) else { continue };
            if let Kind::Instance { uses, .. } = &mut resource.kind {
                uses[place].state = state;
            }
        }
    }

    /// The fields by which an instance names what it uses.
    pub(crate) fn with_uses(&self, row: Row, kind: &Kind) -> Row {
        let Kind::Instance { uses, .. } = kind else { return row };
        uses.iter().fold(row, |row, held| {
            let living = self.resources.get(&held.of).filter(|of| !of.deleted);
            let plain = living.and_then(|_| self.plain(&held.of));
            let Some((field, rule)) = plain.and_then(|plain| plain.named_by_its_instances) else {
                return row;
            };
            match held.state {
                Use::Plain => row.with(field, Expected::Text(held.of.as_str().into()), rule),
                Use::Ended(rule) => row.with(field, Expected::Absent, rule),
                Use::Open(_) => row,
            }
        })
    }
}
