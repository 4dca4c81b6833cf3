//! What a run saw of a known divergence.

use bellwether_model::judge::Difference;

use crate::known::Entry;
use crate::run::Tally;
use crate::shrink::is_about_time;

/// A known divergence in a run.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The entry of the file.
    pub entry: Entry,
    /// The number of plays that showed it.
    pub shown: u64,
    /// Whether it still shows.
    pub state: State,
}

/// Whether a known divergence still shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It showed.
    Shows,
    /// What it is about was put to the test, and conforms.
    Gone,
    /// It was not put to the test, for this reason.
    Untested(String),
}

impl Followed {
    /// A known divergence of which nothing was seen yet.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let state = State::Untested("the run did not come to it".to_owned());
        Self { entry: entry.clone(), shown: 0, state }
    }

    /// Notes a play that showed it.
    pub fn show(&mut self) {
        self.shown += 1;
        self.state = State::Shows;
    }
}

/// Whether a target kept a rule in answers of an operation and never broke it, so that a known divergence of this
/// kind, which has no scenario, is gone.
#[must_use]
pub fn is_kept(tally: &Tally, rule: &str, operation: &str, kind: Difference) -> bool {
    !is_about_time(kind) && tally.conforming_in(rule, operation) > 0 && tally.diverging(rule) == 0
}
