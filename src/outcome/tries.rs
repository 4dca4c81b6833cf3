//! The tries of a run in shards: which findings were taken to a verdict, and what a run makes of them.
//!
//! A shard knows only its own cases, and may try what an earlier case of another shard has settled. So each
//! keeps its tries, and [`decide`] makes of all of them, in the order of the cases, what one run makes of its
//! own.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The findings of one origin that are tried before the origin is given up as unproven.
pub const SUSPICIONS_MAX: u32 = 4;

/// The place of a case among all that a run plays, in the order in which they are played.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A scenario of an earlier run.
    Stored(u64),
    /// A scenario of the suites.
    Suite(u64),
    /// A drawn case.
    Drawn(u64),
}

/// A finding that was taken to a verdict. `F` is a divergence, as the run or as its report has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Try<F> {
    /// The case that showed it.
    pub place: Place,
    /// The id of its origin.
    pub origin: String,
    /// The verdict.
    pub result: Tried<F>,
}

/// The verdict on a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tried<F> {
    /// A divergence.
    Diverges {
        /// The id of its origin; shrinking may have led to another one.
        id: String,
        /// The divergence.
        found: F,
    },
    /// It showed again in some plays only.
    Flaky {
        /// The divergence that it would have been.
        found: F,
        /// The plays that showed it again.
        seen: u32,
        /// The plays.
        plays: u32,
    },
    /// It could not be confirmed.
    Unconfirmed {
        /// The divergence that it may be.
        found: F,
        /// The reason.
        why: String,
    },
    /// It proved nothing.
    Undecided,
    /// There is no more to try: it is a known divergence, or its counterexample failed its own check.
    Settled,
}

/// What a run makes of its tries.
#[derive(Debug)]
pub struct Decided<'t, F> {
    /// The divergences, one of each origin, in the order of the cases.
    pub divergences: Vec<&'t F>,
    /// The findings that showed again in some plays only: how often, and in how many.
    pub flaky: Vec<(&'t F, u32, u32)>,
    /// The findings that could not be confirmed, with the reason.
    pub unconfirmed: Vec<(&'t F, &'t str)>,
}

/// Returns what a run makes of tries, which are in the order of their cases: an origin is tried until it is
/// confirmed once or has failed [`SUSPICIONS_MAX`] times, and what was tried after that counts for nothing.
#[must_use]
pub fn decide<F>(tries: &[Try<F>]) -> Decided<'_, F> {
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    let mut suspected: BTreeMap<&str, u32> = BTreeMap::new();
    let mut found_ids: BTreeSet<&str> = BTreeSet::new();
    let (mut divergences, mut flaky, mut unconfirmed) = (Vec::new(), Vec::new(), Vec::new());
    for it in tries {
        let origin = it.origin.as_str();
        if settled.contains(origin) {
            continue;
        }
        let mut is_first_failure = || {
            let failures = suspected.entry(origin).or_default();
            *failures += 1;
            if *failures == SUSPICIONS_MAX {
                settled.insert(origin);
            }
            *failures == 1
        };
        match &it.result {
            Tried::Diverges { id, found } => {
                if !settled.contains(id.as_str()) && found_ids.insert(id) {
                    divergences.push(found);
                }
                settled.insert(origin);
            }
            Tried::Flaky { found, seen, plays } => {
                if is_first_failure() {
                    flaky.push((found, *seen, *plays));
                }
            }
            Tried::Unconfirmed { found, why } => {
                if is_first_failure() {
                    unconfirmed.push((origin, (found, why.as_str())));
                }
            }
            Tried::Undecided => {
                is_first_failure();
            }
            Tried::Settled => {
                settled.insert(origin);
            }
        }
    }
    unconfirmed.retain(|(origin, _)| !found_ids.contains(origin));
    Decided { divergences, flaky, unconfirmed: unconfirmed.into_iter().map(|(_, it)| it).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diverges(case: u64, origin: &str, id: &str) -> Try<String> {
        let result = Tried::Diverges { id: id.to_owned(), found: format!("{id} of {case}") };
        Try { place: Place::Drawn(case), origin: origin.to_owned(), result }
    }

    fn unconfirmed(case: u64, origin: &str) -> Try<String> {
        let found = format!("{origin} of {case}");
        let result = Tried::Unconfirmed { found, why: "gone".to_owned() };
        Try { place: Place::Drawn(case), origin: origin.to_owned(), result }
    }

    #[test]
    fn an_origin_is_the_divergence_of_its_first_case() {
        let tries = [diverges(1, "a", "a"), diverges(2, "a", "a"), diverges(2, "b", "b")];
        assert_eq!(decide(&tries).divergences, ["a of 1", "b of 2"]);
    }

    #[test]
    fn what_shrinking_led_to_is_one_divergence_too() {
        let tries = [diverges(1, "a", "b"), diverges(2, "b", "b"), diverges(3, "a", "a")];
        assert_eq!(decide(&tries).divergences, ["b of 1"]);
    }

    #[test]
    fn an_origin_is_given_up_after_its_last_suspicion() {
        let mut tries: Vec<_> = (1..=3).map(|case| unconfirmed(case, "a")).collect();
        tries.push(diverges(4, "a", "a"));
        assert_eq!(decide(&tries).divergences, ["a of 4"]);
        assert!(decide(&tries).unconfirmed.is_empty());
        tries.insert(0, unconfirmed(0, "a"));
        assert!(decide(&tries).divergences.is_empty());
        assert_eq!(decide(&tries).unconfirmed, [(&"a of 0".to_owned(), "gone")]);
    }

    #[test]
    fn cases_are_in_the_order_of_play() {
        assert!(Place::Stored(9) < Place::Suite(0) && Place::Suite(9) < Place::Drawn(0));
    }
}
