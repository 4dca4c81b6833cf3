//! Findings of new origins, and their way to a verdict: several at a time, with the same result as one by one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::StreamExt as _;

use super::survive::AWAITED;
use super::{Checking, gone, known_from};
use crate::confirm::{Confirmed, Confirming, Verdict};
use crate::counterexample::Counterexample;
use crate::event::{Event, Listener};
use crate::explore::Search;
use crate::outcome::{Place, SUSPICIONS_MAX};
use crate::run::{Finding, Origin, PlayOptions, ReadPolicy};
use crate::scenario::Case;
use crate::shrink::ShrinkOptions;
use crate::target::{Target, TargetError};

/// A finding of a new origin that is not confirmed yet.
#[derive(Debug)]
pub(super) struct Fresh {
    /// The place of the case in its run.
    place: Place,
    case: Case,
    finding: Finding,
    requests_to_find: u64,
    /// The counterexample that it would have as it is.
    unconfirmed: Counterexample,
}

/// A finding that was taken to its verdict, or that could not be.
struct Taken {
    fresh: Fresh,
    /// The verdict; the reason that there is none otherwise.
    confirmed: Result<Confirmed, String>,
    /// The requests of waiting for the target.
    awaiting: u64,
}

/// What the confirmations of a run have in common.
struct Together<'a> {
    target: &'a Target,
    listener: &'a dyn Listener,
    options: PlayOptions,
    reached: Arc<Search>,
    limits: ShrinkOptions,
    /// The reason that the run has broken off, if so.
    broken_off: Option<String>,
    /// Set once the target was waited for in vain.
    is_gone: AtomicBool,
}

impl<'a> Checking<'a> {
    /// Takes a finding up if its origin is new and wanted: it is told now, and confirmed with others.
    pub(super) fn take(&mut self, case: &Case, finding: Finding, requests_to_find: u64) {
        self.note_type(case, &finding);
        let is_new = self.is_wanted(&finding.origin()) && !self.is_known(case, &finding);
        if !is_new || !self.known.insert(finding.origin()) {
            return;
        }
        let unconfirmed = Counterexample::unconfirmed(case, &finding, requests_to_find);
        self.listener.tell(&Event::Found(&unconfirmed));
        let (place, case) = (self.place, case.clone());
        self.fresh.push(Fresh { place, case, finding, requests_to_find, unconfirmed });
    }

    /// Takes the findings that are not confirmed yet to their verdicts, and then the other findings of their
    /// shrunk cases. Verdicts are kept in the order of the findings, whichever comes first.
    pub(super) async fn confirm_fresh(&mut self) {
        while !self.fresh.is_empty() {
            let wave = std::mem::take(&mut self.fresh);
            let together = self.together();
            let taken = wave.into_iter().map(|fresh| together.take(fresh));
            let mut taken = futures::stream::iter(taken).buffered(self.options.jobs);
            while let Some(taken) = taken.next().await {
                if together.is_gone.load(Ordering::Relaxed) {
                    self.note_gone();
                }
                self.conclude(taken);
            }
        }
    }

    /// What the confirmations that begin now have in common.
    fn together(&mut self) -> Together<'a> {
        let cases = self.cases();
        Together {
            target: self.target,
            listener: self.listener,
            options: self.play_options(ReadPolicy::AfterEachStep),
            reached: known_from(&mut self.reached, &cases),
            limits: ShrinkOptions {
                requests: self.options.shrink_requests,
                cancelled: Arc::clone(&self.options.cancelled),
                ..ShrinkOptions::default()
            },
            broken_off: self.outcome.broken_off.clone(),
            is_gone: AtomicBool::new(false),
        }
    }

    /// Keeps the verdict on a finding, and takes up the other findings of its shrunk case; a shard leaves those to
    /// the cases that show them. What stood in the way of a verdict ends nothing: the finding is kept as
    /// unconfirmed.
    fn conclude(&mut self, taken: Taken) {
        let Taken { fresh, confirmed, awaiting } = taken;
        self.outcome.requests += awaiting;
        match confirmed {
            Ok(Confirmed { verdict, others, requests, .. }) => {
                self.outcome.requests += requests;
                if self.options.shard.is_some() {
                    self.record_apart(fresh.place, &fresh.finding, verdict);
                    return self.tell_so_far();
                }
                self.record(&fresh.finding, verdict);
                self.tell_so_far();
                for (case, finding) in others {
                    self.take(&case, finding, fresh.requests_to_find);
                }
            }
            Err(why) => self.keep_unconfirmed(fresh.place, fresh.unconfirmed, why),
        }
    }

    /// Keeps a finding that can't be confirmed. Another case may show it again, and have more luck.
    fn keep_unconfirmed(&mut self, place: Place, found: Counterexample, why: String) {
        self.listener.tell(&Event::Unconfirmed { found: &found, why: &why });
        if self.options.shard.is_some() {
            self.keep_unconfirmed_apart(place, found, why);
            return self.tell_so_far();
        }
        if self.suspect(found.finding.origin()) == 1 {
            self.outcome.unconfirmed.push((found, why));
        }
        self.tell_so_far();
    }

    /// Keeps a verdict.
    fn record(&mut self, finding: &Finding, verdict: Verdict) {
        match verdict {
            Verdict::Diverges(found) => {
                // Shrinking may have led to an origin that another finding has led to.
                let origin = &found.finding.origin();
                self.known.insert(*origin);
                self.outcome.unconfirmed.retain(|(it, _)| it.finding.origin() != *origin);
                if origin.difference.is_without_an_answer() {
                    self.outcome.capabilities.known_to_fail.insert(origin.operation);
                }
                let is_told = |it: &Counterexample| it.finding.origin() == *origin;
                if !self.outcome.divergences.iter().any(is_told)
                    && !self.is_known(&found.case, &found.finding)
                {
                    self.outcome.divergences.push(*found);
                }
            }
            Verdict::Flaky { counterexample, seen, tries } => {
                if self.suspect(finding.origin()) == 1 {
                    self.outcome.flaky.push((*counterexample, seen, tries));
                }
            }
            Verdict::Undecided => {
                self.suspect(finding.origin());
            }
            Verdict::Defect(defect) => self.outcome.defects.push(*defect),
        }
    }

    /// Records that an origin was not confirmed; returns how often so far. What a transient fault or an open
    /// answer has shown once, another case may show for certain later.
    fn suspect(&mut self, origin: Origin) -> u32 {
        let suspected = self.suspected.entry(origin).or_default();
        *suspected += 1;
        if *suspected < SUSPICIONS_MAX {
            self.known.remove(&origin);
        }
        *suspected
    }
}

impl Together<'_> {
    /// Takes a finding to its verdict.
    async fn take(&self, fresh: Fresh) -> Taken {
        if let Some(why) = self.unconfirmed_because() {
            return Taken { fresh, confirmed: Err(why), awaiting: 0 };
        }
        let mut confirmed = Box::pin(self.confirm(&fresh)).await;
        let mut awaiting = 0;
        if !confirmed.as_ref().is_ok_and(|it| matches!(it.verdict, Verdict::Diverges(_))) {
            let presence = self.target.await_presence(AWAITED).await;
            awaiting = presence.requests;
            if presence.answers && presence.was_awaited() {
                confirmed = Box::pin(self.confirm(&fresh)).await;
            }
            if !presence.answers {
                self.is_gone.store(true, Ordering::Relaxed);
            }
        }
        if let Ok(confirmed) = &confirmed {
            self.listener.tell(&Event::Confirmed { id: &fresh.unconfirmed.id(), confirmed });
        }
        Taken { fresh, confirmed: confirmed.map_err(|error| error.to_string()), awaiting }
    }

    /// The reason why findings are not confirmed any more, if so.
    fn unconfirmed_because(&self) -> Option<String> {
        if self.limits.cancelled.load(Ordering::Relaxed) {
            return Some("the run was interrupted".to_owned());
        }
        if self.is_gone.load(Ordering::Relaxed) {
            return Some(gone());
        }
        self.broken_off.clone()
    }

    async fn confirm(&self, fresh: &Fresh) -> Result<Confirmed, TargetError> {
        let Fresh { case, finding, requests_to_find, unconfirmed, place: _ } = fresh;
        let mut options = self.options.clone();
        // Each finding is proven by itself. What was sent in vain so often is sent once in each play from now on.
        options.capabilities.known_to_fail.clear();
        if finding.origin().difference.is_without_an_answer() {
            options.capabilities.known_to_fail.insert(finding.operation);
        }
        let shorter = |case: &Case, finding: &Finding| {
            let shorter = Counterexample::unconfirmed(case, finding, *requests_to_find);
            self.listener.tell(&Event::Shorter { id: &unconfirmed.id(), found: &shorter });
        };
        let confirming = Confirming {
            target: self.target,
            options: &options,
            known: &|rule| self.reached.cases_reaching(rule),
            limits: &self.limits,
            shorter: &shorter,
        };
        Box::pin(confirming.confirm(case, finding, *requests_to_find)).await
    }
}
