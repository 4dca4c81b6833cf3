//! From a finding to a confirmed counterexample: shrink it, write it down, check it, show it again.
//!
//! `check` and `power` both take their findings through here, so that what is measured is what is
//! reported.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::counterexample::rate::{Rate, measure};
use crate::counterexample::{Again, Counterexample, Defect, Unsound, scenarios, shows, verify};
use crate::run::{Finding, PlayOptions, ReadPolicy};
use crate::scenario::{Case, Parsed, Scenario};
use crate::shrink::{
    FLAKY_TRIES, PassCounts, ShrinkOptions, Shrunk, least_case, least_steps, policy_for, shrink,
    times_shown, truncated_to_finding,
};
use crate::target::{Target, TargetError};

/// The number of times that a counterexample has to show its divergence again before it is
/// reported.
pub const CONFIRMATIONS: u32 = 4;

/// The plays that a confirmation may take for each one that is not inconclusive.
const PLAYS_FOR_ONE: u64 = 4;

/// The context of a confirmation.
pub struct Confirming<'a> {
    /// The target that showed the finding.
    pub target: &'a Target,
    /// The options of plays before the confirmation.
    pub options: &'a PlayOptions,
    /// Gives the known cases that reach a rule, the shortest first.
    pub known: &'a (dyn Fn(&'static str) -> Vec<Case> + Sync),
    /// The budget of each shrinking.
    pub limits: &'a ShrinkOptions,
    /// Takes each shorter case that shows the finding.
    pub shorter: &'a (dyn Fn(&Case, &Finding) + Sync),
}

/// The verdict on a finding.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// A divergence: its counterexample was checked, and showed it again each time, or at a rate that is
    /// known.
    Diverges(Box<Counterexample>),
    /// It showed again `seen` of `tries` times.
    Flaky {
        /// The counterexample that it would have been.
        counterexample: Box<Counterexample>,
        /// The number of plays that showed it again.
        seen: u32,
        /// The number of plays.
        tries: u32,
    },
    /// It rests on the target's answer to an open question, so the model can't agree with any scenario of
    /// it: it is not reported.
    Undecided,
    /// A bug in Bellwether: its counterexample failed its own check.
    Defect(Box<Defect>),
}

/// A verdict with its cost.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// The verdict.
    pub verdict: Verdict,
    /// Other findings of the shrunk case.
    pub others: Vec<(Case, Finding)>,
    /// All requests, those for shrinking among them.
    pub requests: u64,
    /// The counts of each pass of shrinking.
    pub passes: BTreeMap<&'static str, PassCounts>,
}

/// Orders the findings of a case by the fewest steps that the model needs for each.
pub fn simplest_first(case: &Case, findings: &mut [Finding]) {
    findings.sort_by_cached_key(|finding| least_steps(case, finding));
}

impl Confirming<'_> {
    /// Takes a finding of a case to its verdict.
    ///
    /// # Errors
    ///
    /// The target went out of reach.
    pub async fn confirm(
        &self,
        case: &Case,
        finding: &Finding,
        requests_to_find: u64,
    ) -> Result<Confirmed, TargetError> {
        let mut shrunk = self.shrunk(case, finding, self.limits.is_patient).await?;
        let requests = shrunk.requests;
        let options = self.patient();
        let shrinking = requests;
        let mut taking =
            Taking { confirming: self, options, requests, requests_to_find, shrinking };
        let mut verdict = taking.of_shrunk(&shrunk).await?;
        // What does not show each time may flap or come late: it is watched only now, since that takes seconds.
        if verdict.is_none() && !shrunk.was_patient && finding.view_read.is_some() {
            let watched = self.shrunk(case, finding, true).await?;
            taking.requests += watched.requests;
            taking.shrinking += watched.requests;
            verdict = taking.of_shrunk(&watched).await?;
            if watched.reproduced {
                shrunk = watched;
            }
        }
        let Shrunk { case: least, finding: shown, other_findings, passes, .. } = shrunk;
        let others = other_findings.into_iter().map(|it| (least.clone(), it)).collect();
        let verdict = match verdict {
            Some(verdict) => verdict,
            None => taking.whole(case, finding, (&least, &shown)).await?,
        };
        Ok(Confirmed { verdict, others, requests: taking.requests, passes })
    }

    /// Shrinks a finding, see [`ShrinkOptions::is_patient`].
    async fn shrunk(
        &self,
        case: &Case,
        finding: &Finding,
        is_patient: bool,
    ) -> Result<Shrunk, TargetError> {
        let Self { target, known, limits, shorter, .. } = self;
        let limits = ShrinkOptions { is_patient, ..(*limits).clone() };
        let options = if is_patient { &self.patient() } else { self.options };
        Box::pin(shrink(target, options, case, finding, known, &limits, shorter)).await
    }

    /// The options of plays that wait for everything as long as is assumed of the target, whatever was measured.
    fn patient(&self) -> PlayOptions {
        let PlayOptions { reads, capabilities, .. } = self.options.clone();
        PlayOptions::new(reads, capabilities)
    }
}

/// Returns the reads that a scenario needs beside its own to show a finding.
fn least_reads(finding: &Finding) -> ReadPolicy {
    match policy_for(finding, false) {
        polls @ ReadPolicy::PollFinalRead(_) => polls,
        ReadPolicy::AfterEachStep
        | ReadPolicy::NovelOnly(_)
        | ReadPolicy::FinalRead(_)
        | ReadPolicy::Never => ReadPolicy::Never,
    }
}

/// A confirmation on its way.
struct Taking<'a> {
    confirming: &'a Confirming<'a>,
    /// The options of plays that prove something.
    options: PlayOptions,
    requests: u64,
    requests_to_find: u64,
    shrinking: u64,
}

impl Taking<'_> {
    /// Returns the verdict on a shrunk case, `None` if it does not show its finding each time.
    async fn of_shrunk(&mut self, shrunk: &Shrunk) -> Result<Option<Verdict>, TargetError> {
        let Shrunk { case, finding, reproduced, .. } = shrunk;
        if !reproduced {
            return Ok(None);
        }
        self.shown_each_time(case, finding, &least_reads(finding)).await
    }

    /// Returns the verdict on a case that shows a finding each time, `None` if it does not.
    async fn shown_each_time(
        &mut self,
        case: &Case,
        finding: &Finding,
        reads: &ReadPolicy,
    ) -> Result<Option<Verdict>, TargetError> {
        let (case, finding, written) = scenarios(case, finding);
        let mut unsound = None;
        let mut sound = 0;
        for scenario in written {
            let parsed = match verify(&scenario).await {
                Ok(parsed) => parsed,
                Err(why) => {
                    unsound.get_or_insert((why, scenario));
                    continue;
                }
            };
            sound += 1;
            if let Some(finding) = self.replays(&parsed, &finding, reads).await? {
                let found = self.counterexample(case, finding, scenario);
                return Ok(Some(Verdict::Diverges(Box::new(found))));
            }
        }
        let Some((why, scenario)) = unsound.filter(|_| sound == 0) else { return Ok(None) };
        if matches!(why, Unsound::Undecided(_)) {
            return Ok(Some(Verdict::Undecided));
        }
        let id = self.counterexample(case, finding.clone(), scenario.clone()).id();
        let scenario = scenario.to_string();
        Ok(Some(Verdict::Defect(Box::new(Defect { id, why, scenario, finding }))))
    }

    /// Replays a scenario until its divergence has shown [`CONFIRMATIONS`] times in a row; returns the
    /// finding as it was shown last, `None` if it did not show once.
    async fn replays(
        &mut self,
        parsed: &Parsed,
        finding: &Finding,
        reads: &ReadPolicy,
    ) -> Result<Option<Finding>, TargetError> {
        let target = self.confirming.target;
        let mut options = PlayOptions { reads: reads.clone(), ..self.options.clone() };
        let (mut shown, mut last) = (0, None);
        for _ in 0..u64::from(CONFIRMATIONS) * PLAYS_FOR_ONE {
            let (again, requests) = shows(target, parsed, finding, &options).await?;
            self.requests += requests;
            match again {
                Again::Shown(found) => {
                    shown += 1;
                    // It was waited for, and has stayed.
                    Arc::make_mut(&mut options.unawaited).insert(finding.origin());
                    // A read that the scenario makes as a step is the same read.
                    let (view_read, step) = (finding.view_read.clone(), finding.step);
                    last = Some(Finding { step, view_read, ..*found });
                }
                Again::Silent => return Ok(None),
                Again::Inconclusive => {}
            }
            if shown == CONFIRMATIONS {
                return Ok(last);
            }
        }
        Ok(None)
    }

    /// Returns the verdict on a finding whose shrunk case does not show it each time: the whole case may, or
    /// one of them shows it at a rate; otherwise it is flaky.
    async fn whole(
        &mut self,
        case: &Case,
        finding: &Finding,
        shrunk: (&Case, &Finding),
    ) -> Result<Verdict, TargetError> {
        let target = self.confirming.target;
        let (seen, requests) = times_shown(target, &self.options, case, &finding.origin()).await?;
        self.requests += requests;
        if seen == FLAKY_TRIES {
            let (whole, found) = truncated_to_finding(case, finding);
            let all = ReadPolicy::AfterEachStep;
            if let Some(verdict) = self.shown_each_time(&whole, &found, &all).await? {
                return Ok(verdict);
            }
        }
        let (least, shown) = least_case(case, finding);
        // What shows under the bound that was measured alone comes late, and in the time that it may take.
        let is_in_time = seen == 0 && self.confirming.options.bound.is_some();
        for (case, finding) in [(&least, &shown), shrunk].into_iter().filter(|_| !is_in_time) {
            if let Some(found) = self.at_a_rate(case, finding).await? {
                return Ok(Verdict::Diverges(Box::new(found)));
            }
        }
        let (case, finding, mut written) = scenarios(shrunk.0, shrunk.1);
        let scenario = written.swap_remove(0);
        let counterexample = Box::new(self.counterexample(case, finding, scenario));
        Ok(Verdict::Flaky { counterexample, seen, tries: FLAKY_TRIES })
    }

    /// Returns the divergence of a case that shows a finding in some plays only, if its rate can be known.
    async fn at_a_rate(
        &mut self,
        case: &Case,
        finding: &Finding,
    ) -> Result<Option<Counterexample>, TargetError> {
        let Confirming { target, limits, .. } = self.confirming;
        let (case, finding, written) = scenarios(case, finding);
        for scenario in written {
            if verify(&scenario).await.is_err() {
                continue;
            }
            let measured = measure(target, &self.options, &case, &finding, limits.requests).await?;
            let (rate, requests): (Option<Rate>, u64) = measured;
            self.requests += requests;
            let found = self.counterexample(case, finding, scenario);
            return Ok(rate.is_some().then_some(Counterexample { rate, ..found }));
        }
        Ok(None)
    }

    fn counterexample(&self, case: Case, finding: Finding, scenario: Scenario) -> Counterexample {
        Counterexample {
            finding,
            case,
            scenario,
            requests_to_find: self.requests_to_find,
            requests_to_shrink: self.shrinking,
            rate: None,
        }
    }
}
