//! The results of a run, while it goes on and at its end.

mod followed;
mod reasons;
mod tries;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::capabilities::Capabilities;
use crate::counterexample::{Counterexample, Defect};
use crate::run::{Origin, Tally};
use crate::target::Bound;

pub use followed::{Followed, State, is_kept};
pub use reasons::{Reasons, without_ids};
pub use tries::{Decided, Place, SUSPICIONS_MAX, Tried, Try, decide};

/// The results of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The target's capabilities.
    pub capabilities: Capabilities,
    /// The bound that was measured, if nobody has said the target's, and something showed it.
    pub bound: Option<Bound>,
    /// The coverage, and the conforming observations.
    pub tally: Tally,
    /// The divergences, one of each origin, worst first.
    pub divergences: Vec<Counterexample>,
    /// The resource types with which each origin showed, as far as a finding was about one type alone.
    pub types: BTreeMap<Origin, BTreeSet<&'static str>>,
    /// The known divergences, in the order of their file.
    pub known: Vec<Followed>,
    /// The findings that a shard has taken to a verdict, in the order of the cases; none in a run without shards.
    pub tries: Vec<Try<Counterexample>>,
    /// Findings that did not show again each time, with the count of those that did and of all
    /// tries.
    pub flaky: Vec<(Counterexample, u32, u32)>,
    /// Counterexamples that failed their own check: bugs in Bellwether.
    pub defects: Vec<Defect>,
    /// The scenarios and cases played.
    pub cases: u64,
    /// The steps sent.
    pub steps: u64,
    /// The requests sent, for probing and shrinking too.
    pub requests: u64,
    /// The duration.
    pub elapsed: Duration,
    /// The number of inconclusive plays.
    pub inconclusive: u64,
    /// The reason of the first of them.
    pub first_inconclusive: Option<String>,
    /// The reasons of all of them, counted.
    pub inconclusive_reasons: Reasons,
    /// Findings that could not be confirmed, with the reason: nothing is claimed of them.
    pub unconfirmed: Vec<(Counterexample, String)>,
    /// The answer after which no organization was asked for any more, if the target had some at first.
    pub organizations_lost: Option<String>,
    /// The plays of suites.
    pub suites: Plays,
    /// The plays of drawn cases.
    pub drawn: Plays,
    /// The reason that it ended early, and what was left undone, if so.
    pub ended_early: Option<EndedEarly>,
    /// Whether the run has ended; false in the results of one that goes on.
    pub ended: bool,
    /// The scenarios of earlier runs, each with what it showed.
    pub stored: Vec<StoredPlay>,
    /// Whether it was ended early.
    pub interrupted: bool,
    /// The reason that it ended early by itself, if so: the target stopped answering.
    pub broken_off: Option<String>,
    /// The rules that suites show, but none by anything that the target has.
    pub out_of_reach: BTreeSet<&'static str>,
}

impl Outcome {
    /// The results of a run that has probed its target, with this number of requests, and done nothing else.
    #[must_use]
    pub fn begun(capabilities: Capabilities, requests: u64) -> Self {
        Self {
            capabilities,
            bound: None,
            tally: Tally::default(),
            divergences: Vec::new(),
            types: BTreeMap::new(),
            known: Vec::new(),
            tries: Vec::new(),
            flaky: Vec::new(),
            defects: Vec::new(),
            cases: 0,
            steps: 0,
            requests,
            elapsed: Duration::ZERO,
            inconclusive: 0,
            first_inconclusive: None,
            inconclusive_reasons: Reasons::default(),
            unconfirmed: Vec::new(),
            organizations_lost: None,
            suites: Plays::default(),
            drawn: Plays::default(),
            ended_early: None,
            ended: false,
            stored: Vec::new(),
            interrupted: false,
            broken_off: None,
            out_of_reach: BTreeSet::new(),
        }
    }
}

/// The plays of one sort: those that were planned, and those that were made.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Plays {
    /// The plays that were planned.
    pub planned: u64,
    /// The plays that were made.
    pub played: u64,
}

impl Plays {
    /// These and those of another part of the run.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { planned: self.planned + other.planned, played: self.played + other.played }
    }

    /// The plays that were planned and not made.
    #[must_use]
    pub fn left(self) -> u64 {
        self.planned.saturating_sub(self.played)
    }
}

/// The reason that a run ended early, and what it left undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EndedEarly {
    /// The reason.
    pub why: String,
    /// The scenarios of the suites.
    pub suites: Plays,
    /// The drawn cases.
    pub cases: Plays,
    /// The findings that were not confirmed.
    pub unconfirmed: u64,
}

/// What a scenario of an earlier run has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StoredPlay {
    /// The name of its file, without the ending.
    pub name: String,
    /// Whether its divergence showed again; none if it could not be played, or that proved nothing.
    pub shown: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plays_that_were_not_made_are_left() {
        assert_eq!(Plays { planned: 12, played: 5 }.left(), 7);
        assert_eq!(Plays::default().left(), 0);
    }
}
