//! Events of a run in progress. Reports listen; the runner knows none of them.

use crate::capabilities::Capabilities;
use crate::confirm::Confirmed;
use crate::run::Finding;

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
    Found(&'a Finding),
    /// The result of its confirmation.
    Confirmed(&'a Confirmed),
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
