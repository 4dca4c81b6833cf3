//! Events of a run in progress. Reports listen; the runner knows none of them.

use crate::capabilities::Capabilities;
use crate::confirm::Confirmed;
use crate::counterexample::Counterexample;
use crate::outcome::Outcome;

/// Something that happened in a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// The target is being probed.
    Probing,
    /// The target was probed.
    Probed(&'a Capabilities),
    /// So many plays follow: the suites, or drawn cases.
    Playing {
        /// The plural of the unit that is played.
        what: &'static str,
        /// Their number.
        total: u64,
    },
    /// One of them was played.
    Played {
        /// The requests of the whole run so far.
        requests: u64,
    },
    /// A finding of a new origin, which is shrunk and confirmed next.
    Found(&'a Counterexample),
    /// A shorter case shows it, and is not confirmed yet.
    Shorter {
        /// The id that it was found with.
        id: &'a str,
        /// The finding, as the shorter case shows it.
        found: &'a Counterexample,
    },
    /// The result of its confirmation.
    Confirmed {
        /// The id that it was found with.
        id: &'a str,
        /// The verdict.
        confirmed: &'a Confirmed,
    },
    /// It could not be confirmed.
    Unconfirmed {
        /// The finding.
        found: &'a Counterexample,
        /// The reason.
        why: &'a str,
    },
    /// The results of a run that goes on.
    SoFar(&'a Outcome),
    /// Something to say, such as the figures of one search of `power`.
    Note(&'a str),
    /// The run is over.
    Finished,
}

/// Somebody who listens to a run.
pub trait Listener: Sync {
    /// Takes note of an event.
    fn tell(&self, event: &Event<'_>);
}

/// Nobody listens.
#[derive(Copy, Clone, Debug)]
pub struct Silence;

impl Listener for Silence {
    fn tell(&self, _event: &Event<'_>) {}
}
