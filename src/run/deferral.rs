//! The view reads that a step was worth and that are left for later: what other steps change may show in
//! the same read.

use std::collections::BTreeSet;

use bellwether_model::answer::Key;

use super::view_reads::{Change, ViewRead};

/// View reads that were left for later, each with the keys that it is about.
#[derive(Debug, Default)]
pub(super) struct Deferral {
    reads: Vec<(ViewRead, BTreeSet<Key>)>,
}

impl Deferral {
    /// Whether none is left for later.
    pub(super) fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }

    /// Leaves a view read for later.
    pub(super) fn add(&mut self, view_read: ViewRead, keys: BTreeSet<Key>) {
        match self.reads.iter_mut().find(|(it, _)| *it == view_read) {
            Some((_, all)) => all.extend(keys),
            None => self.reads.push((view_read, keys)),
        }
    }

    /// Whether this read was left for later.
    pub(super) fn contains(&self, view_read: &ViewRead) -> bool {
        self.reads.iter().any(|(it, _)| it == view_read)
    }

    /// Takes out those that would no longer show their changes after a step: the step makes these
    /// changes, and leaves these reads.
    pub(super) fn take_due(
        &mut self,
        changes: &[Change],
        left: &[ViewRead],
    ) -> Vec<(ViewRead, BTreeSet<Key>)> {
        let is_last_chance = |(view_read, keys): &(ViewRead, BTreeSet<Key>)| {
            let overlaps = |it: &Change| it.view_read == *view_read && !it.keys.is_disjoint(keys);
            changes.iter().any(overlaps) || !left.contains(view_read)
        };
        let (due, rest) = std::mem::take(&mut self.reads).into_iter().partition(is_last_chance);
        self.reads = rest;
        due
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::ec2;
    use bellwether_model::{Account, Name, Shape, World};

    use super::super::view_reads::{changed, complete};
    use super::*;

    fn vpcs() -> ViewRead {
        ViewRead { account: Account::OWNER, call: ec2::DescribeVpcs::default().into() }
    }

    fn key(name: &str) -> Key {
        Key::Resource(Name::new(name))
    }

    /// The owner's world before and after it makes a VPC of this name in it.
    fn with_vpc(before: &World, name: &str) -> World {
        let mut after = before.clone();
        let create: bellwether_model::Call = ec2::CreateVpc::default().into();
        create.apply(&mut after, Account::OWNER, &Name::new(name));
        after
    }

    #[test]
    fn a_read_is_deferred_once_for_all_its_keys() {
        let mut deferral = Deferral::default();
        assert!(deferral.is_empty());
        deferral.add(vpcs(), BTreeSet::from([key("a")]));
        deferral.add(vpcs(), BTreeSet::from([key("b")]));
        assert!(deferral.contains(&vpcs()));
        let due = deferral.take_due(&[], &[]);
        assert_eq!(due, [(vpcs(), BTreeSet::from([key("a"), key("b")]))]);
        assert!(deferral.is_empty());
    }

    #[test]
    fn a_read_is_due_before_a_step_that_changes_its_rows() {
        let shape = Shape::Standalone;
        let mut with_a = with_vpc(&World::new(shape), "a");
        let mut with_both = with_vpc(&with_a, "b");
        let changes = changed(&mut with_a, &mut with_both, shape);
        let left = complete(&with_both, shape);
        assert!(left.contains(&vpcs()), "the read is there before and after");
        let mut deferral = Deferral::default();
        deferral.add(vpcs(), BTreeSet::from([key("a")]));
        assert_eq!(deferral.take_due(&changes, &left), [], "the step is about b");
        deferral.add(vpcs(), BTreeSet::from([key("b")]));
        assert_eq!(deferral.take_due(&changes, &left).len(), 1);
    }

    #[test]
    fn a_read_is_due_before_a_step_that_makes_it_impossible() {
        let mut deferral = Deferral::default();
        deferral.add(vpcs(), BTreeSet::from([key("a")]));
        assert_eq!(deferral.take_due(&[], &[vpcs()]), []);
        assert_eq!(deferral.take_due(&[], &[]).len(), 1);
    }
}
