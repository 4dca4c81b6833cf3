//! Changes that are made and not yet shown.
//!
//! A read is answered from a copy of the world in which changes that are not yet due are undone.

use std::time::Duration;

use bellwether_model::answer::Key;
use bellwether_model::world::{
    Association, AssociationStatus, Invitation, ManagedPermission, Replacement, Resource, Share,
};
use bellwether_model::{Account, Name, Principal, Region, World};

use super::mutants::Hiding;
use super::random::scramble;
use super::settling::{Late, Settling};

/// The item that was changed, with its earlier state; `None` if it did not exist.
#[derive(Clone, Debug)]
enum Before {
    Share(Name, Option<Box<Share>>),
    Association(Name, Name, Option<Association>),
    Principal(Name, Principal, Option<Association>),
    Invitation(Name, usize, Option<Invitation>),
    Permission(Name, Option<ManagedPermission>),
    Replacement(Name, Option<Replacement>),
    Resource(Name, Option<Box<Resource>>),
}

/// A change, with the times at which it is shown.
#[derive(Clone, Debug)]
struct Change {
    before: Before,
    /// The Region in which it was changed.
    region: Region,
    /// The status that its owner is shown meanwhile, if there is a word for it.
    word: Option<(Key, &'static str)>,
    /// The owner of the item.
    owner: Account,
    /// The time at which its owner sees it.
    due: Duration,
    /// The time at which other accounts see it.
    due_elsewhere: Duration,
    /// The time from which on it is shown and hidden by turns, and the length of a turn, if a mutant does
    /// that.
    turns: Option<(Duration, Duration)>,
}

/// The changes that are not yet shown, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Pending {
    changes: Vec<Change>,
}

/// The time for which something is shown and hidden by turns.
const FLAPPING: Duration = Duration::from_hours(24);

/// Draws the delays of the changes of one call.
pub(super) struct Delays<'a> {
    settling: &'a Settling,
    hiding: Option<Hiding>,
    now: Duration,
    number: u64,
    region: Region,
}

impl<'a> Delays<'a> {
    /// The delays of a call that is made now, drawn from `number`.
    pub(super) fn new(
        settling: &'a Settling,
        hiding: Option<Hiding>,
        now: Duration,
        number: u64,
    ) -> Self {
        Self { settling, hiding, now, number, region: Region::HOME }
    }

    fn change(&mut self, late: Late, owner: Account, before: Before) -> Change {
        self.number = scramble(self.number, 1);
        let (hidden_for, turns) = match self.hiding {
            None => (Duration::ZERO, None),
            Some(Hiding::For(time)) => (time, None),
            Some(Hiding::ByTurns(turn)) => (FLAPPING, Some((self.now, turn))),
        };
        let due = self.now + hidden_for + self.settling.draw(late, self.number);
        let due_elsewhere = due + self.settling.draw(Late::Visibility, self.number);
        Change { before, region: self.region, word: None, owner, due, due_elsewhere, turns }
    }
}

impl Pending {
    /// Whether everything is shown.
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Forgets what everybody has seen by now, and would see so a while ago.
    pub(super) fn forget(&mut self, until: Duration) {
        self.changes.retain(|change| change.due.max(change.due_elsewhere) > until);
    }

    /// Records the changes of a call.
    pub(super) fn note(&mut self, mut delays: Delays<'_>, before: &World, after: &World) {
        delays.region = after.region;
        for (name, share) in &after.shares {
            let old = before.shares.get(name);
            if old != Some(share) {
                self.note_share(&mut delays, name, old, share);
            }
        }
        for (name, permission) in &after.permissions {
            let old = before.permissions.get(name);
            if old != Some(permission) {
                let old = Before::Permission(name.clone(), old.cloned());
                self.changes.push(delays.change(Late::Permission, permission.owner, old));
            }
        }
        for (name, replacement) in &after.replacements {
            let old = before.replacements.get(name);
            if old != Some(replacement) {
                let old = Before::Replacement(name.clone(), old.cloned());
                self.changes.push(delays.change(Late::Permission, replacement.owner, old));
            }
        }
        for (name, resource) in &after.resources {
            let old = before.resources.get(name);
            if old != Some(resource) {
                let old = Before::Resource(name.clone(), old.cloned().map(Box::new));
                self.changes.push(delays.change(Late::Resource, resource.owner, old));
            }
        }
    }

    fn note_share(
        &mut self,
        delays: &mut Delays<'_>,
        name: &Name,
        old: Option<&Share>,
        share: &Share,
    ) {
        let owner = share.owner;
        if old.is_none_or(|old| !has_the_same_face(old, share)) {
            let before = Before::Share(name.clone(), old.cloned().map(Box::new));
            let mut change = delays.change(Late::Share, owner, before);
            let ends = share.deleted && old.is_some_and(|old| !old.deleted);
            change.word = ends.then(|| (Key::Share(name.clone()), "DELETING"));
            self.changes.push(change);
        }
        for (resource, association) in &share.resources {
            let old = old.and_then(|old| old.resources.get(resource));
            let before = Before::Association(name.clone(), resource.clone(), old.cloned());
            let key = Key::ResourceAssociation(name.clone(), resource.clone());
            self.note_association(delays, owner, (before, key), old, association);
        }
        for (principal, association) in &share.principals {
            let old = old.and_then(|old| old.principals.get(principal));
            let before = Before::Principal(name.clone(), principal.clone(), old.cloned());
            let key = Key::Principal(name.clone(), principal.clone());
            self.note_association(delays, owner, (before, key), old, association);
        }
        for (place, invitation) in share.invitations.iter().enumerate() {
            let old = old.and_then(|old| old.invitations.get(place));
            if old != Some(invitation) {
                let before = Before::Invitation(name.clone(), place, old.cloned());
                self.changes.push(delays.change(Late::Invitation, owner, before));
            }
        }
    }

    fn note_association(
        &mut self,
        delays: &mut Delays<'_>,
        owner: Account,
        (before, key): (Before, Key),
        old: Option<&Association>,
        association: &Association,
    ) {
        if old.map(|it| it.status) == Some(association.status) {
            return;
        }
        let word = match association.status {
            // It waits for an answer, and says so at once.
            AssociationStatus::Associating => return,
            AssociationStatus::Associated => "ASSOCIATING",
            AssociationStatus::Disassociated => "DISASSOCIATING",
        };
        let mut change = delays.change(Late::Association, owner, before);
        change.word = Some((key, word));
        self.changes.push(change);
    }

    /// The world as an account is shown it at a time.
    pub(super) fn shown(&self, world: &World, reader: Account, now: Duration) -> World {
        let mut shown = world.clone();
        let hidden = self.hidden_from(reader, now);
        for change in hidden.filter(|change| change.region == world.region) {
            change.put_back(&mut shown, reader);
        }
        shown
    }

    /// The status that is shown of this while it is in transition, to its owner.
    pub(super) fn word(&self, key: &Key, reader: Account, now: Duration) -> Option<&'static str> {
        let mut own = self.hidden_from(reader, now).filter(|change| change.owner == reader);
        own.find_map(|change| {
            change.word.as_ref().filter(|(of, _)| of == key).map(|(_, word)| *word)
        })
    }

    /// The time at which the newest change of this is shown to its owner.
    pub(super) fn due(&self, key: &Key) -> Option<Duration> {
        let of_this = |change: &&Change| change.word.as_ref().is_some_and(|(of, _)| of == key);
        self.changes.iter().rev().find(of_this).map(|change| change.due)
    }

    /// Whether something of a share is on its way in.
    pub(super) fn is_joining(&self, share: &Name, owner: Account, now: Duration) -> bool {
        self.hidden_from(owner, now).any(|change| match &change.word {
            Some((Key::ResourceAssociation(of, _) | Key::Principal(of, _), "ASSOCIATING")) => {
                of == share
            }
            Some(_) | None => false,
        })
    }

    /// The changes that an account is not shown yet, newest first.
    fn hidden_from(&self, reader: Account, now: Duration) -> impl Iterator<Item = &Change> {
        self.changes.iter().rev().filter(move |change| {
            let due = if change.owner == reader { change.due } else { change.due_elsewhere };
            due > now && change.turns.is_none_or(|turns| is_hidden_in_turn(turns, now))
        })
    }
}

/// Whether a time is in one of the turns that hide: the first one shows.
fn is_hidden_in_turn((from, turn): (Duration, Duration), now: Duration) -> bool {
    let turn = turn.as_micros().max(1);
    (now.saturating_sub(from).as_micros() / turn) % 2 == 1
}

/// Whether two states of a share differ in nothing but what is in it.
fn has_the_same_face(one: &Share, other: &Share) -> bool {
    one.name == other.name
        && one.outsiders == other.outsiders
        && one.deleted == other.deleted
        && one.tags == other.tags
}

impl Change {
    fn put_back(&self, world: &mut World, reader: Account) {
        match &self.before {
            Before::Share(name, None) => {
                world.shares.remove(name);
            }
            Before::Share(name, Some(old)) => {
                if let Some(share) = world.shares.get_mut(name) {
                    share.name = old.name.clone();
                    share.outsiders = old.outsiders;
                    share.tags = old.tags.clone();
                    // Its owner sees at once that a share goes: it is DELETING.
                    share.deleted = old.deleted || (share.deleted && reader == self.owner);
                }
            }
            Before::Association(name, resource, old) => {
                let share = world.shares.get_mut(name);
                if let Some(it) = share.and_then(|share| share.resources.get_mut(resource)) {
                    unsettle(it, old.as_ref());
                }
            }
            Before::Principal(name, principal, old) => {
                let share = world.shares.get_mut(name);
                if let Some(it) = share.and_then(|share| share.principals.get_mut(principal)) {
                    unsettle(it, old.as_ref());
                }
            }
            Before::Invitation(name, place, old) => {
                let Some(share) = world.shares.get_mut(name) else { return };
                match old {
                    None => share.invitations.truncate(*place),
                    Some(old) => {
                        if let Some(invitation) = share.invitations.get_mut(*place) {
                            invitation.clone_from(old);
                        }
                    }
                }
            }
            Before::Permission(name, old) => put(&mut world.permissions, name, old.clone()),
            Before::Replacement(name, old) => put(&mut world.replacements, name, old.clone()),
            Before::Resource(name, old) => {
                put(&mut world.resources, name, old.as_deref().cloned());
            }
        }
    }
}

/// Shows an association as one that has not settled: on its way in, or as it was.
fn unsettle(association: &mut Association, old: Option<&Association>) {
    match old {
        Some(old) if old.status != AssociationStatus::Disassociated => association.clone_from(old),
        Some(_) | None => association.status = AssociationStatus::Associating,
    }
}

fn put<T>(kept: &mut std::collections::BTreeMap<Name, T>, name: &Name, old: Option<T>) {
    match old {
        None => {
            kept.remove(name);
        }
        Some(old) => {
            kept.insert(name.clone(), old);
        }
    }
}
