//! Shards: parts of a run that can be played by several machines, and merged.
//!
//! In a shard nothing depends on what other cases have shown. Cases are drawn as if nothing had been found
//! but what is known before the run, all views are read, a finding is tried by itself, and the other findings
//! of its shrunk case are left to the cases that show them. So each case gives the same whichever shard plays
//! it, and [`decide`] makes the same of all tries as of those of one run.

use super::Checking;
use super::rounds::is_of;
use crate::confirm::Verdict;
use crate::counterexample::Counterexample;
use crate::outcome::{Decided, Place, SUSPICIONS_MAX, Tried, Try, decide};
use crate::run::{Finding, Origin};

impl Checking<'_> {
    /// Whether this run plays what has this number.
    pub(super) fn is_ours(&self, number: u64) -> bool {
        self.options.shard.is_none_or(|shard| is_of(shard, number))
    }

    /// Keeps a verdict on a finding.
    pub(super) fn record_apart(&mut self, place: Place, finding: &Finding, verdict: Verdict) {
        let result = match verdict {
            Verdict::Diverges(found) => {
                let is_known = self.options.known.position(&found.case, &found.finding).is_some();
                let id = found.id();
                if is_known { Tried::Settled } else { Tried::Diverges { id, found: *found } }
            }
            Verdict::Flaky { counterexample, seen, tries } => {
                Tried::Flaky { found: *counterexample, seen, plays: tries }
            }
            Verdict::Undecided => Tried::Undecided,
            Verdict::Defect(defect) => {
                self.outcome.defects.push(*defect);
                Tried::Settled
            }
        };
        self.note_try(place, finding.origin(), result);
    }

    /// Keeps a finding that can't be confirmed.
    pub(super) fn keep_unconfirmed_apart(
        &mut self,
        place: Place,
        found: Counterexample,
        why: String,
    ) {
        let origin = found.finding.origin();
        self.note_try(place, origin, Tried::Unconfirmed { found, why });
    }

    /// Notes a try, and what the run makes of all so far.
    fn note_try(&mut self, place: Place, origin: Origin, result: Tried<Counterexample>) {
        match &result {
            Tried::Diverges { .. } | Tried::Settled => {}
            Tried::Flaky { .. } | Tried::Unconfirmed { .. } | Tried::Undecided => {
                let suspected = self.suspected.entry(origin).or_default();
                *suspected += 1;
                if *suspected < SUSPICIONS_MAX {
                    self.known.remove(&origin);
                }
            }
        }
        self.outcome.tries.push(Try { place, origin: origin.id(), result });
        let Decided { divergences, flaky, unconfirmed } = decide(&self.outcome.tries);
        let flaky = flaky.into_iter().map(|(found, seen, plays)| (found.clone(), seen, plays));
        let unconfirmed =
            unconfirmed.into_iter().map(|(found, why)| (found.clone(), why.to_owned()));
        self.outcome.flaky = flaky.collect();
        self.outcome.unconfirmed = unconfirmed.collect();
        self.outcome.divergences = divergences.into_iter().cloned().collect();
    }
}
