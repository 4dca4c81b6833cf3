//! The faults that the calls of a probe met: those that last are told from transient ones.
//!
//! An operation that fails each time costs a probe its retries with all their pauses, and an emulator has many
//! of them. So a first look sends what failed once more at once, and everything in one more pass; only if
//! something was answered then is there a reason to wait.

use std::collections::BTreeMap;

use bellwether_model::judge::{Cause, Indeterminate, Observation, Phase};

use crate::wire::retry::RetryPolicy;

/// The patience with what fails.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// A call that fails is sent once more, almost at once.
    Short,
    /// It is sent as often as a transient fault may last.
    Full,
}

impl Patience {
    /// The policy by which a call is sent again that met this fault.
    ///
    /// A target that is too busy says so, and is given its time. What fails before the call itself may do without
    /// once it has failed often enough, see [`Session`](crate::wire::Session).
    pub(super) fn policy(self, fault: &Indeterminate) -> RetryPolicy {
        let is_of_the_call = fault.phase == Phase::Call && fault.cause != Cause::Throttled;
        match self {
            Self::Short if is_of_the_call => RetryPolicy::GLANCE,
            Self::Short | Self::Full => RetryPolicy::PROBE,
        }
    }
}

/// The faults that the calls of one pass of a probe met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults {
    /// The calls that met one each time they were sent, by their place, with its cause.
    lasting: BTreeMap<usize, Cause>,
    /// The number of calls that were answered.
    answered: usize,
    /// The number of calls that met one that passed, or that shows that others may.
    passing: usize,
}

impl Faults {
    /// Notes what a call was answered in the end, and whether it met a fault before that.
    pub(super) fn note(&mut self, place: usize, observation: &Observation, had_fault: bool) {
        let Observation::Indeterminate(fault) = observation else {
            self.answered += 1;
            self.passing += usize::from(had_fault);
            return;
        };
        if fault.cause == Cause::Throttled {
            self.passing += 1;
        } else {
            self.lasting.insert(place, fault.cause);
        }
    }

    /// Whether every fault lasted while other calls were answered: none is known to pass.
    pub(super) fn all_last(&self) -> bool {
        self.passing == 0 && self.answered > 0
    }

    /// Whether two passes, one after the other, show that the same calls fail in the same way each time, and
    /// that others do not.
    pub(super) fn are_those_of(&self, earlier: &Self) -> bool {
        self.all_last() && earlier.all_last() && self.lasting == earlier.lasting
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::judge::Observed;

    use super::*;

    fn fault(cause: Cause) -> Observation {
        let detail = "HTTP 500 <!doctype html>".to_owned();
        Observation::Indeterminate(Indeterminate { cause, phase: Phase::Call, detail })
    }

    fn answer() -> Observation {
        Observation::Granted(Observed::default())
    }

    /// The faults of calls in this order.
    fn of(calls: &[(Observation, bool)]) -> Faults {
        let mut faults = Faults::default();
        for (place, (observation, had_fault)) in calls.iter().enumerate() {
            faults.note(place, observation, *had_fault);
        }
        faults
    }

    #[test]
    fn what_fails_in_two_passes_beside_what_is_answered_fails_for_good() {
        let pass = || of(&[(answer(), false), (fault(Cause::ServerError), true)]);
        assert!(pass().are_those_of(&pass()));
        let mended = of(&[(answer(), false), (answer(), false)]);
        assert!(!mended.are_those_of(&pass()), "it is answered now");
        let changed = of(&[(answer(), false), (fault(Cause::ConnectionLost), true)]);
        assert!(!changed.are_those_of(&pass()), "it fails in another way");
        let more = of(&[(fault(Cause::ServerError), true), (fault(Cause::ServerError), true)]);
        assert!(!more.are_those_of(&pass()), "another one fails too");
    }

    #[test]
    fn a_fault_that_passed_shows_that_others_may() {
        let calls = [(answer(), true), (fault(Cause::ServerError), true)];
        assert!(!of(&calls).all_last());
        let busy = [(answer(), false), (fault(Cause::Throttled), true)];
        assert!(!of(&busy).all_last(), "it was not taken");
        let down = [(fault(Cause::NoResponse), true), (fault(Cause::NoResponse), true)];
        assert!(!of(&down).all_last(), "nothing is answered");
        assert!(of(&[(answer(), false), (fault(Cause::NoResponse), true)]).all_last());
    }

    #[test]
    fn a_busy_target_is_given_its_time_in_a_first_look_too() {
        let policy = |cause, phase| {
            let fault = Indeterminate { cause, phase, detail: String::new() };
            [Patience::Short, Patience::Full].map(|patience| patience.policy(&fault))
        };
        let full = [RetryPolicy::PROBE; 2];
        assert_eq!(policy(Cause::Throttled, Phase::Call), full);
        assert_eq!(policy(Cause::ServerError, Phase::Setup), full);
        let once = [RetryPolicy::GLANCE, RetryPolicy::PROBE];
        assert_eq!(policy(Cause::ServerError, Phase::Call), once);
    }
}
