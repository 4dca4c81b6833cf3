//! Makes a failing case as short as it can be, keeping its origin.
//!
//! The work is done by [`passes`], a list of small rewrites. Each proposes candidates; a candidate
//! is sent only if the model expects what the origin is about, so most of them cost no request.

mod baseline;
mod moves;
pub mod passes;
mod readable;
mod slice;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bellwether_model::answer::Key;
use bellwether_model::judge::Difference;
use bellwether_model::rules;

pub use baseline::shrink_baseline;
pub use passes::{PASSES, Pass, PassCounts};
pub(crate) use slice::after;
pub use slice::{least_case, least_steps, truncated_to_finding};

use slice::{expects_row, is_expected};

use crate::run::{Finding, Origin, PlayOptions, Played, ReadPolicy, play, play_again};
use crate::scenario::Case;
use crate::target::{Target, TargetError};

/// A shrunk case.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// The case.
    pub case: Case,
    /// The finding, as the shrunk case shows it.
    pub finding: Finding,
    /// The requests that shrinking took.
    pub requests: u64,
    /// Whether the case showed the finding again when nothing but that was read.
    pub reproduced: bool,
    /// Whether it was waited for in each candidate, and its read polled, in case it comes late or flaps.
    pub was_patient: bool,
    /// The other findings that the shrunk case shows when every view is read.
    pub other_findings: Vec<Finding>,
    /// The counts of each pass, by its name.
    pub passes: BTreeMap<&'static str, PassCounts>,
}

/// The budget of one shrinking, and what may be left out of it.
#[derive(Clone, Debug, Default)]
pub struct ShrinkOptions {
    /// The requests that it may take. It ends soon after.
    pub requests: u64,
    /// The names of passes that are left out, to measure what they are worth.
    pub without: BTreeSet<&'static str>,
    /// Whether the finding is waited for in each candidate, and its read polled, in case it comes late or
    /// flaps: that takes seconds where time is real, and is worth them if it did not show each time.
    pub is_patient: bool,
    /// Set from outside to end it with what it has.
    pub cancelled: Arc<AtomicBool>,
}

/// The requests that the shrinking of one divergence may take: many take a hundred, some that
/// depend on state unknown to the model take thousands.
pub const SHRINK_REQUESTS: u64 = 3_000;

/// The number of tries of a finding that did not show when it was shrunk.
pub const FLAKY_TRIES: u32 = 5;

/// In how many of [`FLAKY_TRIES`] plays a whole case shows an origin again, and how many requests
/// they took.
///
/// # Errors
///
/// The target went out of reach.
pub async fn times_shown(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    origin: &Origin,
) -> Result<(u32, u64), TargetError> {
    let (mut seen, mut requests) = (0, 0);
    for attempt in 1..=u64::from(FLAKY_TRIES) {
        let played = play_again(target, case, options, attempt).await?;
        requests += played.requests;
        let mut findings = played.findings.iter().chain(&played.suspects);
        seen += u32::from(findings.any(|finding| finding.origin() == *origin));
    }
    Ok((seen, requests))
}

/// Shrinks a case that showed a finding. `known` gives the cases that are known to reach a rule, the
/// shortest first; `shorter` takes each shorter case that shows it.
///
/// # Errors
///
/// The target went out of reach.
pub async fn shrink(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    finding: &Finding,
    known: &(dyn Fn(&'static str) -> Vec<Case> + Sync),
    limits: &ShrinkOptions,
    shorter: &(dyn Fn(&Case, &Finding) + Sync),
) -> Result<Shrunk, TargetError> {
    let (whole, finding) = truncated_to_finding(case, finding);
    let mut shrinking = Shrinking {
        target,
        options,
        known,
        known_of: None,
        best: whole,
        finding,
        requests: 0,
        limits,
        shorter,
        tried: BTreeSet::new(),
        polls: false,
        awaits: true,
        was_polled: false,
        pass: "",
        counts: BTreeMap::new(),
    };
    let reproduced = shrinking.reproduce().await?;
    let was_patient = limits.is_patient || shrinking.was_polled;
    let mut other_findings = Vec::new();
    if reproduced {
        passes::run_all(&mut shrinking).await?;
        other_findings = shrinking.find_others().await?;
    }
    let Shrinking { best, finding, requests, counts, .. } = shrinking;
    Ok(Shrunk {
        case: best,
        finding,
        requests,
        reproduced,
        was_patient,
        other_findings,
        passes: counts,
    })
}

/// The condition that a candidate has to meet.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Match {
    /// The same origin, or a refusal of the same operation with the same code, by whichever rule
    /// calls for another answer.
    SameOrigin,
    /// The same difference by the same rule, and in the same field if it is in one, in any role of the
    /// caller and after any other call;
    /// or a refusal with the same code; or the same row in the same read, by
    /// whichever rule it has to be there or not.
    Similar,
}

/// A shrinking on its way.
struct Shrinking<'a> {
    target: &'a Target,
    options: &'a PlayOptions,
    known: &'a (dyn Fn(&'static str) -> Vec<Case> + Sync),
    /// The rule whose known cases were tried last.
    known_of: Option<&'static str>,
    best: Case,
    finding: Finding,
    requests: u64,
    limits: &'a ShrinkOptions,
    shorter: &'a (dyn Fn(&Case, &Finding) + Sync),
    tried: BTreeSet<String>,
    /// Whether to poll the read that shows the finding, however that differs: it may flap.
    polls: bool,
    /// Whether the finding is waited for in candidates. Once it was, and has stayed, it is not again.
    awaits: bool,
    /// Whether it showed only while its read was polled.
    was_polled: bool,
    /// The pass that proposes candidates now.
    pass: &'static str,
    counts: BTreeMap<&'static str, PassCounts>,
}

/// The steps from which on a case is long: few are, once they are shrunk.
const LONG: usize = 4;

impl Shrinking<'_> {
    /// Plays the slice of the case that the finding depends on, and the whole case if that does not
    /// show the finding; if neither does, both again while the read that showed it is polled, which takes
    /// seconds.
    async fn reproduce(&mut self) -> Result<bool, TargetError> {
        self.pass = passes::SLICE;
        let sliced = slice::slice(&self.best, &self.finding);
        let ways: &[bool] = if self.limits.is_patient { &[true] } else { &[false, true] };
        for polls in ways.iter().copied() {
            self.polls = polls;
            let reproduced = self.attempt(sliced.clone(), Match::SameOrigin).await?
                || self.attempt(self.best.clone(), Match::SameOrigin).await?;
            self.polls = false;
            if reproduced {
                self.was_polled = polls;
                self.awaits = polls;
                return Ok(true);
            }
        }
        self.was_polled = true;
        Ok(false)
    }

    /// Whether the budget is spent, or somebody wants an end.
    fn is_spent(&self) -> bool {
        self.requests >= self.limits.requests || self.limits.cancelled.load(Ordering::Relaxed)
    }

    /// Plays a candidate; keeps it as the best if it matches.
    async fn attempt(&mut self, candidate: Case, wanted: Match) -> Result<bool, TargetError> {
        if self.is_spent()
            || candidate.steps().is_empty()
            || !self.options.capabilities.shapes().contains(&candidate.shape())
            || !self.is_untried(&candidate)
            || !self.may_show(&candidate, wanted)
        {
            return Ok(false);
        }
        let reads = policy_for(&self.finding, self.polls);
        let options = self.play_options(reads);
        let Some(played) = self.play(&candidate, &options).await? else { return Ok(false) };
        self.counts.entry(self.pass).or_default().tried += 1;
        let findings = played.findings.into_iter().chain(played.suspects);
        let mut shown = findings.filter(|finding| self.matches(finding, wanted));
        let Some(first) = shown.next() else { return Ok(false) };
        let by_turns = shown.find(|finding| is_about_time(finding.origin().difference));
        let finding = by_turns.unwrap_or(first);
        self.accept(truncated_to_finding(&candidate, &finding));
        Ok(true)
    }

    /// Whether a candidate was not played before with the same reads.
    fn is_untried(&mut self, candidate: &Case) -> bool {
        let view_read = &self.finding.view_read;
        let polls =
            self.polls && view_read.is_some() && !is_about_time(self.finding.origin().difference);
        self.tried.insert(format!("{candidate:?} {view_read:?} {polls}"))
    }

    /// The options of a candidate with these reads.
    fn play_options(&self, reads: ReadPolicy) -> PlayOptions {
        let mut options = PlayOptions { reads, ..self.options.clone() };
        if !self.awaits {
            Arc::make_mut(&mut options.unawaited).insert(self.finding.origin());
        }
        options
    }

    /// Plays a candidate; `None` if its world can't be had.
    async fn play(
        &mut self,
        candidate: &Case,
        options: &PlayOptions,
    ) -> Result<Option<Played>, TargetError> {
        match play(self.target, candidate, options).await {
            Ok(played) => {
                self.spend(played.requests);
                Ok(Some(played))
            }
            Err(error) if error.is_about_a_world() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes note of requests that the pass has sent.
    fn spend(&mut self, requests: u64) {
        self.requests += requests;
        self.counts.entry(self.pass).or_default().requests += requests;
    }

    /// Keeps a case that shows a finding as the best.
    fn accept(&mut self, (case, finding): (Case, Finding)) {
        let counts = self.counts.entry(self.pass).or_default();
        counts.accepted += 1;
        counts.steps_saved += self.best.steps().len().saturating_sub(case.steps().len());
        let is_shorter = case.steps().len() < self.best.steps().len();
        (self.best, self.finding) = (case, finding);
        if is_shorter {
            (self.shorter)(&self.best, &self.finding);
        }
    }

    /// Whether a candidate could match, by the model. Of wrong refusals the model does not say
    /// which call the target refuses.
    fn may_show(&self, candidate: &Case, wanted: Match) -> bool {
        let refused = self.finding.origin().difference == Difference::WronglyRefused;
        let row = self.finding.divergence.key.as_ref();
        (refused && wanted == Match::Similar)
            || is_expected(candidate, &self.finding)
            || (wanted == Match::Similar
                && row.is_some_and(|row: &Key| expects_row(candidate, &self.finding, row)))
    }

    /// Whether the finding of a candidate matches.
    fn matches(&self, shown: &Finding, wanted: Match) -> bool {
        let divergence = &self.finding.divergence;
        let origin = &self.finding.origin();
        // What flaps may be shown too late, or not at all when it is read.
        let difference = shown.origin().difference == origin.difference
            || is_about_time(origin.difference)
            || (self.polls && is_about_time(shown.origin().difference));
        let refused = origin.difference == Difference::WronglyRefused
            && shown.divergence.observed.code() == divergence.observed.code()
            && is_as_firm(&shown.origin(), origin);
        let same_row = divergence.key.is_some()
            && shown.divergence.key == divergence.key
            && shown.view_read == self.finding.view_read
            && is_as_firm(&shown.origin(), origin);
        let by_rule =
            shown.origin().rule == origin.rule || refused || (same_row && wanted == Match::Similar);
        let by_call =
            shown.origin().operation == origin.operation && shown.origin().role == origin.role;
        let by_field =
            shown.origin().field.is_none_or(|field| origin.field.is_none_or(|it| it == field));
        // Any call may go without an answer: another one is another fault.
        let is_similar = wanted == Match::Similar
            && (!origin.difference.is_without_an_answer()
                || shown.origin().operation == origin.operation);
        difference && by_rule && by_field && (by_call || is_similar)
    }

    /// Plays the best as a drawn case is played, and returns the other findings. A last step whose
    /// answer is the finding is left out, since it may hide earlier ones; of a long case
    /// each prefix is played, until one shows something.
    async fn find_others(&mut self) -> Result<Vec<Finding>, TargetError> {
        self.pass = passes::OTHERS;
        let steps = self.best.steps().to_vec();
        let by_answer = usize::from(self.finding.view_read.is_none());
        let whole = steps.len().saturating_sub(by_answer);
        let first = if steps.len() >= LONG { 1 } else { whole };
        for end in (first..=whole).filter(|end| *end > 0) {
            if self.is_spent() {
                break;
            }
            let Ok(prefix) = self.best.with_connected(steps[..end].to_vec()) else { break };
            let options = self.play_options(self.options.reads.clone());
            let Some(played) = self.play(&prefix, &options).await? else { break };
            let mut findings = played.findings;
            findings.retain(|it| it.origin() != self.finding.origin());
            if !findings.is_empty() {
                return Ok(findings);
            }
        }
        Ok(Vec::new())
    }
}

/// Whether something was seen, and at the wrong time.
pub(crate) fn is_about_time(difference: Difference) -> bool {
    matches!(difference, Difference::Late | Difference::Flap)
}

/// Whether a rule is one that AWS is known to keep to as surely as another.
fn is_as_firm(one: &Origin, other: &Origin) -> bool {
    let evidence = |origin: &Origin| rules::find(origin.rule).map(|rule| rule.evidence);
    evidence(one) >= evidence(other)
}

/// The reads that show a finding, and nothing else. What is polled may flap.
#[must_use]
pub fn policy_for(finding: &Finding, polls: bool) -> ReadPolicy {
    match &finding.view_read {
        Some(view_read) if polls || is_about_time(finding.origin().difference) => {
            ReadPolicy::PollFinalRead(Box::new(view_read.clone()))
        }
        Some(view_read) => ReadPolicy::FinalRead(Box::new(view_read.clone())),
        None => ReadPolicy::Never,
    }
}

#[cfg(test)]
mod tests;
