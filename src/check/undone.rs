//! The part of a run that was left undone, where it ended early.

use std::sync::atomic::Ordering;

use serde::Serialize;

use super::{Options, Outcome};

/// The plays of one sort: those that were planned, and those that were made.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plays {
    /// The plays that were planned.
    pub planned: u64,
    /// The plays that were made.
    pub played: u64,
}

impl Plays {
    /// The plays that were planned and not made.
    #[must_use]
    pub fn left(self) -> u64 {
        self.planned.saturating_sub(self.played)
    }
}

/// The reason that a run ended early, and what it left undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

impl Outcome {
    /// Returns the reason that a run so far ended early, and what it left undone, if so.
    pub(super) fn ended_early(&self, options: &Options) -> Option<EndedEarly> {
        let is_cut_short = self.broken_off.is_some() || options.cancelled.load(Ordering::Relaxed);
        if !is_cut_short && self.suites.left() + self.drawn.left() == 0 {
            return None;
        }
        Some(EndedEarly {
            why: self.end(options),
            suites: self.suites,
            cases: self.drawn,
            unconfirmed: self.unconfirmed.len() as u64,
        })
    }

    /// The reason that a run ended before all was played.
    fn end(&self, options: &Options) -> String {
        if let Some(why) = &self.broken_off {
            return format!("it broke off: {why}");
        }
        if options.cancelled.load(Ordering::Relaxed) {
            return "it was interrupted".to_owned();
        }
        if let Some(most) = options.max_requests.filter(|most| self.requests >= *most) {
            return format!("--max-requests {most} was reached");
        }
        if let Some(most) = options.max_time.filter(|most| self.elapsed >= *most) {
            return format!("--max-time {most:?} had passed");
        }
        if options.fail_fast && self.divergences.iter().any(|it| it.rule().evidence.is_firm()) {
            return "--fail-fast, and a divergence was found".to_owned();
        }
        "the target makes no organizations any more".to_owned()
    }
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
