//! The policy by which a read is repeated until it is as expected, and by which late changes and
//! flaps are distinguished from changes that are never seen.

use std::time::Duration;

use bellwether_model::answer::Key;
use bellwether_model::judge::{Comparison, Difference, Divergence, Observation};

use super::view_reads::ViewRead;
use super::{PAUSE, PAUSE_MAX};
use crate::target::Bound;

/// The least grace of a target without a bound.
const GRACE: Duration = Duration::from_millis(30);

/// The most grace where waiting takes real time.
const GRACE_MAX: Duration = Duration::from_secs(10);

/// The end of a read that was made until it was settled.
#[derive(Debug)]
pub(super) struct Settled {
    /// The last answer.
    pub(super) observation: Observation,
    /// The differences between it and what is expected.
    pub(super) comparison: Comparison,
    /// The time since the last change.
    pub(super) waited: Duration,
}

/// How soon reads have shown what was done.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The changes that were shown by the first read that was to show them.
    pub at_once: u32,
    /// The longest time after which one was shown that the first read did not show.
    pub late: Option<Duration>,
}

impl Pace {
    /// Adds what other reads have shown.
    pub fn merge(&mut self, other: Self) {
        self.at_once += other.at_once;
        self.late = self.late.max(other.late);
    }

    /// Notes a change that was shown by a read, so long after it was made.
    pub(super) fn note(&mut self, is_first_read: bool, waited: Duration) {
        if is_first_read {
            self.at_once += 1;
        } else {
            self.late = self.late.max(Some(waited));
        }
    }
}

/// The time after a bound at which an unseen change is read once more, to tell late from never.
pub(super) fn grace(is_simulated: bool, bound: Duration) -> Duration {
    if is_simulated { bound.max(GRACE_MAX) } else { bound.clamp(GRACE, GRACE_MAX) }
}

/// One read that is made again until it is settled.
#[derive(Debug)]
pub(super) struct Poll {
    bound: Bound,
    grace: Duration,
    pause: Duration,
    /// The differences when all bounds had passed, once they have.
    overdue: Option<Vec<Divergence>>,
}

impl Poll {
    /// A read that was not made yet.
    pub(super) fn new(bound: Bound, grace: Duration) -> Self {
        Self { bound, grace, pause: PAUSE, overdue: None }
    }

    /// The pause before the read is made again that differed in this so long after the last change;
    /// `None` if it is settled. What is known by other findings gets no grace.
    pub(super) fn next_pause(
        &mut self,
        diverges: &[Divergence],
        waited: Duration,
        is_known: impl Fn(&Divergence) -> bool,
    ) -> Option<Duration> {
        let bound_of = |it: &Divergence| self.bound.of(it.key.as_ref());
        let is_over = diverges.iter().all(|it| waited >= bound_of(it));
        if diverges.is_empty()
            || (is_over && (self.overdue.is_some() || diverges.iter().all(is_known)))
        {
            return None;
        }
        self.pause = if is_over {
            self.overdue = Some(diverges.to_vec());
            self.grace
        } else {
            let left = diverges.iter().filter_map(|it| bound_of(it).checked_sub(waited));
            let left = left.filter(|left| !left.is_zero()).min();
            (self.pause * 2).min(PAUSE_MAX).min(left.unwrap_or(PAUSE_MAX))
        };
        Some(self.pause)
    }

    /// The differences when all bounds had passed.
    pub(super) fn into_overdue(self) -> Vec<Divergence> {
        self.overdue.unwrap_or_default()
    }
}

/// Adds a change that was not seen in its time, and is seen now, as late; a row that was seen
/// before and is not seen now, or was not for a while, is a flap.
pub(super) fn tell_late_from_never(
    comparison: &mut Comparison,
    overdue: Vec<Divergence>,
    was_seen: impl Fn(&Key) -> bool,
) {
    let flaps = |it: &Divergence| {
        it.difference == Difference::Flap
            || matches!(it.difference, Difference::Leak | Difference::Lost | Difference::WrongField)
                && it.key.as_ref().is_some_and(&was_seen)
    };
    for it in comparison.diverges.iter_mut().filter(|it| flaps(it)) {
        it.difference = Difference::Flap;
    }
    for mut it in overdue {
        if comparison.diverges.iter().any(|now| now.rule == it.rule && now.key == it.key) {
            continue;
        }
        it.difference = if flaps(&it) { Difference::Flap } else { Difference::Late };
        comparison.diverges.push(it);
    }
}

/// The keys that were seen to be as expected since the last step, by the read that showed them.
#[derive(Debug, Default)]
pub(super) struct SeenAsExpected {
    by_read: Vec<(ViewRead, Vec<Key>)>,
}

impl SeenAsExpected {
    /// Forgets all, since a step may have changed it.
    pub(super) fn clear(&mut self) {
        self.by_read.clear();
    }

    /// Whether this read has shown this key as expected.
    pub(super) fn contains(&self, view_read: &ViewRead, key: &Key) -> bool {
        self.by_read.iter().any(|(by, keys)| by == view_read && keys.contains(key))
    }

    /// Adds the keys that conform, and differ in nothing, in what a read showed in the end.
    pub(super) fn note(&mut self, view_read: &ViewRead, comparison: &Comparison) {
        let keys = comparison.conforms.iter().filter_map(|(_, key)| key.clone());
        let keys = keys.filter(|key| !differs(key, comparison)).collect();
        self.by_read.push((view_read.clone(), keys));
    }
}

/// Whether anything about a key differs.
pub(super) fn differs(key: &Key, comparison: &Comparison) -> bool {
    comparison.diverges.iter().any(|it| it.key.as_ref() == Some(key))
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::ec2;
    use bellwether_model::rules::read;
    use bellwether_model::{Account, Name};

    use super::*;
    use crate::run::findings::tests::lost;

    const SECOND: Duration = Duration::from_secs(1);

    fn key(name: &str) -> Key {
        Key::Resource(Name::new(name))
    }

    fn differing(diverges: Vec<Divergence>) -> Comparison {
        Comparison { diverges, ..Comparison::default() }
    }

    fn differences(comparison: &Comparison) -> Vec<Difference> {
        comparison.diverges.iter().map(|it| it.difference).collect()
    }

    #[test]
    fn an_expected_row_is_settled_at_once() {
        let mut poll = Poll::new(Bound::Within(SECOND), SECOND);
        assert_eq!(poll.next_pause(&[], Duration::ZERO, |_| false), None);
        assert_eq!(poll.into_overdue(), []);
    }

    #[test]
    fn a_difference_is_read_again_until_its_bound_and_once_more_after_it() {
        let mut poll = Poll::new(Bound::Within(SECOND), Duration::from_secs(7));
        let early = poll.next_pause(&[lost("net")], Duration::ZERO, |_| false);
        assert_eq!(early, Some(PAUSE * 2));
        let last = poll.next_pause(&[lost("net")], Duration::from_millis(990), |_| false);
        assert_eq!(last, Some(Duration::from_millis(10)), "not beyond the bound");
        let grace = poll.next_pause(&[lost("net")], SECOND, |_| false);
        assert_eq!(grace, Some(Duration::from_secs(7)));
        assert_eq!(poll.next_pause(&[lost("net")], SECOND * 8, |_| false), None);
        assert_eq!(poll.into_overdue(), [lost("net")]);
    }

    #[test]
    fn a_known_divergence_gets_no_grace() {
        let mut poll = Poll::new(Bound::Within(SECOND), SECOND);
        let early = poll.next_pause(&[lost("net")], Duration::ZERO, |_| true);
        assert!(early.is_some(), "it has its time all the same");
        assert_eq!(poll.next_pause(&[lost("net")], SECOND, |_| true), None);
    }

    #[test]
    fn a_change_seen_after_its_bound_is_late() {
        let mut comparison = Comparison::default();
        tell_late_from_never(&mut comparison, vec![lost("net")], |_| false);
        assert_eq!(differences(&comparison), [Difference::Late]);
    }

    #[test]
    fn a_change_that_is_never_seen_stays_lost() {
        let mut comparison = differing(vec![lost("net")]);
        tell_late_from_never(&mut comparison, vec![lost("net")], |_| false);
        assert_eq!(differences(&comparison), [Difference::Lost]);
    }

    #[test]
    fn a_row_that_was_seen_and_is_gone_is_a_flap() {
        let mut comparison = differing(vec![lost("net")]);
        tell_late_from_never(&mut comparison, vec![lost("net"), lost("vpc")], |_| true);
        assert_eq!(differences(&comparison), [Difference::Flap, Difference::Flap]);
    }

    #[test]
    fn only_the_read_that_showed_a_key_has_shown_it() {
        let read = |account| ViewRead { account, call: ec2::DescribeVpcs::default().into() };
        let conforms = vec![(&read::GRANTED, Some(key("vpc"))), (&read::GRANTED, Some(key("net")))];
        let comparison = Comparison { conforms, ..differing(vec![lost("net")]) };
        let mut seen = SeenAsExpected::default();
        seen.note(&read(Account::OWNER), &comparison);
        assert!(seen.contains(&read(Account::OWNER), &key("vpc")));
        assert!(!seen.contains(&read(Account::OWNER), &key("net")), "it differs");
        assert!(!seen.contains(&read(Account::CONSUMER), &key("vpc")));
        seen.clear();
        assert!(!seen.contains(&read(Account::OWNER), &key("vpc")));
    }

    #[test]
    fn grace_is_bounded_where_it_takes_real_time() {
        assert_eq!(grace(false, Duration::ZERO), GRACE);
        assert_eq!(grace(false, SECOND * 60), GRACE_MAX);
        assert_eq!(grace(true, SECOND * 60), SECOND * 60);
    }
}
