//! Why a run ended early, and what it left undone.

use std::sync::atomic::Ordering;

use super::Options;
use crate::outcome::{EndedEarly, Outcome};

/// Returns the reason that a run ended early, and what it left undone, if so.
pub(super) fn ended_early(outcome: &Outcome, options: &Options) -> Option<EndedEarly> {
    let is_cut_short = outcome.broken_off.is_some() || options.cancelled.load(Ordering::Relaxed);
    if !is_cut_short && outcome.suites.left() + outcome.drawn.left() == 0 {
        return None;
    }
    Some(EndedEarly {
        why: end(outcome, options),
        suites: outcome.suites,
        cases: outcome.drawn,
        unconfirmed: outcome.unconfirmed.len() as u64,
    })
}

/// The reason that a run ended before all was played.
fn end(outcome: &Outcome, options: &Options) -> String {
    if let Some(why) = &outcome.broken_off {
        return format!("it broke off: {why}");
    }
    if options.cancelled.load(Ordering::Relaxed) {
        return "it was interrupted".to_owned();
    }
    if let Some(most) = options.max_requests.filter(|most| outcome.requests >= *most) {
        return format!("--max-requests {most} was reached");
    }
    if let Some(most) = options.max_time.filter(|most| outcome.elapsed >= *most) {
        return format!("--max-time {most:?} had passed");
    }
    if options.fail_fast && outcome.divergences.iter().any(|it| it.rule().evidence.is_firm()) {
        return "--fail-fast, and a divergence was found".to_owned();
    }
    "the target makes no organizations any more".to_owned()
}
