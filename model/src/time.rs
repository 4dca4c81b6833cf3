//! Time: what happens by itself once hours or days have passed.
//!
//! The model waits for nothing. Each account of a [`World`] has a clock, which stands still but for
//! the operation [`PassTime`](crate::operations::bellwether::PassTime); what has an end remembers
//! how long ago it was.
//!
//! AWS states its times roughly, and a target lives on by itself between two steps. So each time
//! has a margin around it in which nobody can tell whether it has come.

use std::collections::BTreeSet;

use crate::answer::Conditions;
use crate::resources;
use crate::rules::{Rule, dedicated_host, invitation, share, time};
use crate::shareable::InvitationsLast;
use crate::world::{
    Association, AssociationStatus, Deprecation, Invitation, InvitationStatus, Kind,
    ManagedPermission, Seconds, Share, Use,
};
use crate::{Account, Assumptions, Principal, World};

/// An hour.
pub const HOUR: Seconds = 60 * 60;
/// A day.
pub const DAY: Seconds = 24 * HOUR;

/// A time that AWS states roughly, as seen from now.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// The time has not come.
    Before,
    /// The time is about now, within the margin.
    Ambiguous,
    /// The time has come.
    After,
}

impl Deadline {
    /// Compares the time that something has lasted to this time, with this margin to both sides.
    #[must_use]
    pub fn of(lasted: Seconds, time: Seconds, margin: Seconds) -> Self {
        if lasted + margin < time {
            Self::Before
        } else if lasted < time + margin {
            Self::Ambiguous
        } else {
            Self::After
        }
    }

    /// Whether what was deleted so long ago has left the lists: about two hours later.
    fn of_deletion(deleted_for: Seconds) -> Self {
        Self::of(deleted_for, 2 * HOUR, HOUR * 3 / 4)
    }
}

impl Deprecation {
    /// Whether the date has come.
    #[must_use]
    pub fn has_come(self) -> Deadline {
        Deadline::of(self.lasted, self.after, HOUR * 3 / 4)
    }
}

impl Share {
    /// Whether the share, being deleted, has left its owner's lists.
    #[must_use]
    pub fn leaves(&self) -> Deadline {
        Deadline::of_deletion(self.deleted_for)
    }

    /// Requires that the share is not gone since its deletion.
    pub fn require_kept(&self, conditions: &mut Conditions) {
        conditions.require(self.leaves() != Deadline::After, &share::KNOWN_TO_THE_CALLER);
        conditions.require(self.leaves() != Deadline::Ambiguous, &time::AT_THE_TURN);
    }
}

impl ManagedPermission {
    /// Whether the permission, being deleted, has left its owner's lists.
    #[must_use]
    pub fn leaves(&self) -> Deadline {
        Deadline::of_deletion(self.deleted_for)
    }
}

impl Invitation {
    /// Whether the invitation has left the list of its receiver: about seven days after it was
    /// sent or answered, which of the two is not known.
    #[must_use]
    pub fn leaves(&self) -> Deadline {
        if self.sent_for <= 6 * DAY {
            Deadline::Before
        } else if self.ended_for < 8 * DAY {
            Deadline::Ambiguous
        } else {
            Deadline::After
        }
    }

    /// Lets time pass for an invitation that waits. `lasts` is what the share holds by then.
    ///
    /// Returns what becomes of its principal's row, where that is touched.
    fn wait(&mut self, passed: Seconds, lasts: Option<InvitationsLast>) -> Option<RowChange> {
        self.sent_for += passed;
        // What an earlier answer left undecided stays so.
        if self.open.is_some_and(|open| *open != time::AT_THE_TURN) {
            return None;
        }
        let Some(lasts) = lasts.filter(|lasts| self.lasts == Some(*lasts)) else {
            let first = Seconds::from(InvitationsLast::TwelveHours.hours()) * HOUR;
            let may_end = Deadline::of(self.sent_for, first, HOUR / 2) != Deadline::Before;
            self.open = may_end.then_some(&invitation::EXPIRED_BY_WHAT_IS_SHARED);
            return self.open.map(RowChange::Open);
        };
        let time = Seconds::from(lasts.hours()) * HOUR;
        let margin = time / 24;
        match Deadline::of(self.sent_for, time, margin) {
            Deadline::Before => None,
            Deadline::Ambiguous => {
                self.open = Some(&time::AT_THE_TURN);
                Some(RowChange::Open(&time::AT_THE_TURN))
            }
            Deadline::After => {
                self.open = None;
                self.ended_for = self.sent_for - time;
                Some(match lasts {
                    InvitationsLast::TwelveHours => {
                        self.status = InvitationStatus::Expired;
                        RowChange::Out(self.ended_for, None)
                    }
                    InvitationsLast::SevenDays => {
                        self.status = InvitationStatus::Lapsed;
                        RowChange::Out(self.ended_for, Some(&invitation::NAMED_ONCE_LAPSED))
                    }
                })
            }
        }
    }
}

/// The change to the row of a principal that is invited.
enum RowChange {
    /// This open rule leaves it undecided.
    Open(&'static Rule),
    /// It has been out for so long; this open rule leaves the listed status undecided.
    Out(Seconds, Option<&'static Rule>),
}

impl RowChange {
    fn apply_to(self, association: &mut Association) {
        match self {
            Self::Open(rule) => association.open = Some(rule),
            Self::Out(since, open) => {
                association.status = AssociationStatus::Disassociated;
                association.ended_for = since;
                association.open = open;
            }
        }
    }
}

/// Returns the time in which an invitation to a share can be answered, by all that it ever held; `None` if it
/// held nothing, or resources that differ in that.
#[must_use]
pub fn invitations_last(world: &World, share: &Share) -> Option<InvitationsLast> {
    let mut lasts = share.resources.keys().map(|name| {
        // How long an invitation to what is only assumed to be shareable lasts is not known.
        let of_type = resources::of(Assumptions::default(), &world.resources.get(name)?.kind);
        of_type.map(|of_type| of_type.facts.invitations_last)
    });
    let first = lasts.next()??;
    lasts.all(|other| other == Some(first)).then_some(first)
}

impl World {
    /// Lets time pass for these accounts: what is theirs gets older, and ends where its time has
    /// come. Passing time gives nobody anything, and no time changes nothing.
    pub fn pass(&mut self, passed: Seconds, accounts: &BTreeSet<Account>) {
        if passed == 0 {
            return;
        }
        for account in accounts {
            *self.clocks.entry(*account).or_default() += passed;
        }
        for sent in self.handshakes.values_mut() {
            if accounts.contains(&sent.receiver) {
                sent.sent_for += passed;
            }
        }
        self.everywhere(|world| world.age(passed, accounts));
    }

    /// Lets what these accounts have in one Region get older.
    fn age(&mut self, passed: Seconds, accounts: &BTreeSet<Account>) {
        for permission in self.permissions.values_mut() {
            if permission.deleted && accounts.contains(&permission.owner) {
                permission.deleted_for += passed;
            }
        }
        for image in self.resources.values_mut().filter(|it| accounts.contains(&it.owner)) {
            if let Kind::Image { deprecation: Some(deprecation), .. } = &mut image.kind {
                deprecation.lasted += passed;
            }
        }
        for resource in self.resources.values_mut().filter(|it| accounts.contains(&it.owner)) {
            if let Kind::Instance { uses, .. } = &mut resource.kind {
                for held in uses {
                    held.state = held.state.after_a_while();
                }
            }
        }
        let own = self.shares.iter().filter(|(_, share)| accounts.contains(&share.owner));
        let lasts = own.map(|(name, share)| (name.clone(), invitations_last(self, share)));
        for (name, lasts) in lasts.collect::<Vec<_>>() {
            if let Some(share) = self.shares.get_mut(&name) {
                share.pass(passed, lasts);
            }
        }
    }

    /// The accounts whose clocks a scenario moves: all that are in it.
    #[must_use]
    pub fn clocked(&self) -> BTreeSet<Account> {
        self.clocks.keys().copied().collect()
    }
}

impl Use {
    /// The state when some time has passed. How much of the two weeks until its instance is retired is left,
    /// nobody is told: what is on a host that was taken back is not judged from the first hour on.
    fn after_a_while(self) -> Self {
        if self == Self::Open(&dedicated_host::OCCUPIED_AFTER_REVOCATION) {
            Self::Open(&dedicated_host::RETIRED_AFTER_REVOCATION)
        } else {
            self
        }
    }
}

impl Share {
    fn pass(&mut self, passed: Seconds, lasts: Option<InvitationsLast>) {
        if self.deleted {
            self.deleted_for += passed;
        }
        for association in self.principals.values_mut().chain(self.resources.values_mut()) {
            if association.status == AssociationStatus::Disassociated {
                association.ended_for += passed;
            }
        }
        let mut changes: Vec<(Principal, RowChange)> = Vec::new();
        for sent in &mut self.invitations {
            if sent.status == InvitationStatus::Pending {
                let change = sent.wait(passed, lasts);
                changes.extend(change.map(|change| (sent.principal.clone(), change)));
            } else {
                sent.sent_for += passed;
                sent.ended_for += passed;
            }
        }
        for (principal, change) in changes {
            let association = self.principals.get_mut(&principal);
            if let Some(association) =
                association.filter(|it| it.status == AssociationStatus::Associating)
            {
                change.apply_to(association);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Deadline, HOUR};

    #[test]
    fn a_time_within_its_margin_is_ambiguous() {
        assert_eq!(Deadline::of(11 * HOUR, 12 * HOUR, HOUR / 2), Deadline::Before);
        assert_eq!(Deadline::of(12 * HOUR, 12 * HOUR, HOUR / 2), Deadline::Ambiguous);
        assert_eq!(Deadline::of(13 * HOUR, 12 * HOUR, HOUR / 2), Deadline::After);
    }

    #[test]
    fn a_deletion_is_over_after_three_hours_and_not_after_one() {
        assert_eq!(Deadline::of_deletion(HOUR), Deadline::Before);
        assert_eq!(Deadline::of_deletion(2 * HOUR), Deadline::Ambiguous);
        assert_eq!(Deadline::of_deletion(3 * HOUR), Deadline::After);
        assert_eq!(Deadline::of_deletion(8 * DAY), Deadline::After);
    }
}
