//! The main job: probe the target, play the suites, explore, shrink, and say what was found.

mod confirming;
mod known;
mod rounds;
mod shards;
mod stored;
mod survive;
mod suspects;
mod undone;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bellwether_model::Shape;
use futures::StreamExt as _;
use globset::GlobMatcher;
use rounds::Rounds;

use crate::capabilities::Capabilities;
use crate::confirm::simplest_first;
use crate::event::{Event, Listener};
use crate::explore::{Cases, Generator, STEPS, Search, Tuning};
use crate::known::Known;
use crate::outcome::{Followed, Outcome, Place};
use crate::pace;
use crate::predict::predict;
use crate::probe;
use crate::run::{Finding, Origin, PlayOptions, Played, ReadPolicy, SeenSignatures};
use crate::scenario::Case;
use crate::store::Stored;
use crate::subject::types_of;
use crate::suites::{self, Suite};
use crate::target::{Target, TargetError};

use self::confirming::Fresh;
use self::survive::{AWAITED, Survived, play_surviving};
pub use crate::shrink::SHRINK_REQUESTS;

/// The selection of cases, and the limits of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Draws the cases: the same seed and target give the same cases.
    pub seed: u64,
    /// The number of cases to draw.
    pub cases: u64,
    /// The steps that each has at most.
    pub steps: usize,
    /// The number of cases that run at the same time.
    pub jobs: usize,
    /// No new case is begun once this number of requests was sent.
    pub max_requests: Option<u64>,
    /// No new case is begun after this time.
    pub max_time: Option<Duration>,
    /// Only divergences from these rules are reported.
    pub rule: Option<GlobMatcher>,
    /// The scenarios of earlier runs, which are played before all others.
    pub stored: Vec<Stored>,
    /// The scenarios to play first.
    pub suites: Vec<Suite>,
    /// The shard to play: of the suites, known divergences and drawn cases every N-th, beginning with the K-th, K
    /// from 1. What is drawn, read and tried of a case then depends on no other case, so that shards can be merged.
    pub shard: Option<(u64, u64)>,
    /// Begin nothing new after the first divergence that fails the run.
    pub fail_fast: bool,
    /// The requests that the shrinking of one divergence may take.
    pub shrink_requests: u64,
    /// The known divergences of the target: they are neither shrunk nor reported as new.
    pub known: Arc<Known>,
    /// Set from outside to end the run early, with what it has.
    pub cancelled: Arc<AtomicBool>,
}

impl Default for Options {
    /// A run that plays nothing: no suites, and no drawn cases. It has no limits.
    fn default() -> Self {
        Self {
            seed: 1,
            cases: 0,
            steps: STEPS,
            jobs: 1,
            max_requests: None,
            max_time: None,
            rule: None,
            stored: Vec::new(),
            suites: Vec::new(),
            shard: None,
            fail_fast: false,
            shrink_requests: SHRINK_REQUESTS,
            known: Arc::default(),
            cancelled: Arc::default(),
        }
    }
}

/// The number of inconclusive plays in a row after which a run breaks off.
const FAILED_IN_A_ROW_MAX: u64 = 16;

/// The number of organizations in a row that can't be had before no more are asked for.
const WORLDS_FAILED_MAX: u32 = 4;

/// The reason of cases that are not played, since no organization is asked for any more.
const WITHOUT_ORGANIZATIONS: &str = "not played: the target makes no organizations any more";

/// The number of cases whose new findings are confirmed together. What is found depends on it, so it has to be
/// the same on every machine.
const WAVE: usize = 16;

/// The time after which the results so far are told again.
const TOLD_EVERY: Duration = Duration::from_secs(2);

/// Checks a target.
///
/// # Errors
///
/// The target is out of reach, or can't give separate accounts.
pub async fn check(
    target: &Arc<Target>,
    options: &Options,
    listener: &dyn Listener,
) -> Result<Outcome, TargetError> {
    let begun = Instant::now();
    listener.tell(&Event::Probing);
    let (capabilities, requests) = probe::probe(target).await?;
    listener.tell(&Event::Probed(&capabilities));
    let out_of_reach = out_of_reach(&capabilities);
    let known = options.known.entries().iter().map(Followed::of).collect();
    let mut checking = Checking {
        target,
        options,
        listener,
        begun,
        known: BTreeSet::new(),
        reached: None,
        signatures: SeenSignatures::default(),
        outcome: Outcome { known, out_of_reach, ..Outcome::begun(capabilities, requests) },
        failed_in_a_row: 0,
        told: begun,
        worlds_failed: 0,
        no_organizations: Arc::default(),
        suspected: BTreeMap::new(),
        place: Place::Drawn(0),
        fresh: Vec::new(),
    };
    checking.tell_so_far();
    checking.measure_bound().await;
    checking.play_known().await;
    let rounds = checking.rounds();
    checking.play_stored().await;
    checking.play_suites().await;
    checking.explore(rounds).await;
    let mut outcome = checking.outcome;
    outcome.divergences.sort_by(|one, other| one.finding.origin_order(&other.finding));
    outcome.elapsed = begun.elapsed();
    outcome.interrupted = options.cancelled.load(Ordering::Relaxed);
    known::conclude(&mut outcome);
    outcome.ended_early = undone::ended_early(&outcome, options);
    outcome.ended = true;
    listener.tell(&Event::Finished);
    Ok(outcome)
}

impl Finding {
    /// Worst first; then by rule and operation.
    fn origin_order(&self, other: &Self) -> std::cmp::Ordering {
        let key = |it: &Self| {
            (it.origin().difference, it.origin().rule, it.origin().operation, it.origin().role)
        };
        key(self).cmp(&key(other))
    }
}

struct Checking<'a> {
    target: &'a Arc<Target>,
    options: &'a Options,
    listener: &'a dyn Listener,
    begun: Instant,
    /// The time at which the results so far were told last.
    told: Instant,
    known: BTreeSet<Origin>,
    /// The coverage of the cases drawn so far, see [`known_from`].
    reached: Option<Arc<Search>>,
    /// The signatures of view reads that drawn cases have seen.
    signatures: SeenSignatures,
    outcome: Outcome,
    /// The number of inconclusive plays since the last conclusive one.
    failed_in_a_row: u64,
    /// The number of organizations that could not be had since the last one that could.
    worlds_failed: u32,
    /// Set once no organization is asked for any more, for the plays that are about to begin.
    no_organizations: Arc<AtomicBool>,
    /// The number of findings that proved nothing, by origin.
    suspected: BTreeMap<Origin, u32>,
    /// The case whose findings are being processed.
    place: Place,
    /// The findings of new origins that are not confirmed yet, in the order of their cases.
    fresh: Vec<Fresh>,
}

impl Checking<'_> {
    fn play_options(&self, reads: ReadPolicy) -> PlayOptions {
        let confirmed = self.outcome.divergences.iter().map(|it| it.finding.origin());
        let unawaited = Arc::new(confirmed.collect());
        let bound = self.outcome.bound;
        let options = PlayOptions::new(reads, self.outcome.capabilities.clone());
        PlayOptions { unawaited, bound, ..options }
    }

    /// Measures the bound of a target whose bound nobody has said. A shard does not: another machine may measure
    /// another one, and what a shard finds would depend on it.
    async fn measure_bound(&mut self) {
        if self.target.is_bound_given || self.options.shard.is_some() {
            return;
        }
        let measured = pace::measure(self.target, &self.outcome.capabilities).await;
        self.outcome.requests += measured.requests;
        self.outcome.bound = measured.bound;
        self.listener.tell(&Event::Note(&format!("{measured}; --bound sets another one")));
    }

    /// Returns the options of drawn cases before anything is known.
    fn cases(&self) -> Cases {
        Cases {
            steps: self.options.steps,
            assumptions: self.target.assumptions,
            capabilities: self.outcome.capabilities.clone(),
            known: BTreeSet::new(),
            generator: Generator::Guided,
            tuning: Tuning::default(),
        }
    }

    /// Whether the budget is spent, or somebody wants an end.
    fn is_over(&self) -> bool {
        let requests = self.options.max_requests.is_some_and(|most| self.outcome.requests >= most);
        let time = self.options.max_time.is_some_and(|most| self.begun.elapsed() >= most);
        let gone = self.outcome.broken_off.is_some();
        let failed =
            || self.outcome.divergences.iter().any(|found| found.rule().evidence.is_firm());
        let enough = self.options.fail_fast && failed();
        requests || time || gone || enough || self.options.cancelled.load(Ordering::Relaxed)
    }

    /// Records a play without its accounts or organization as inconclusive. That a world can't be had
    /// ends nothing but this case; a target that gives many of them in a row no organization has none.
    fn fail(&mut self, error: &TargetError) {
        self.outcome.cases += 1;
        if error.is_about_a_world() {
            self.count_inconclusive(error.to_string());
            self.worlds_failed += 1;
            if self.worlds_failed >= WORLDS_FAILED_MAX {
                self.lose_organizations(error);
            }
        } else {
            self.record_inconclusive(error.to_string());
        }
        self.listener.tell(&Event::Played { requests: self.outcome.requests });
    }

    /// Asks for no organization from now on.
    fn lose_organizations(&mut self, error: &TargetError) {
        let why = error.to_string();
        self.no_organizations.store(true, Ordering::Relaxed);
        self.outcome.capabilities.no_organizations.get_or_insert_with(|| why.clone());
        self.outcome.organizations_lost.get_or_insert(why);
    }

    /// Records an inconclusive case. A target with many of them in a row has stopped answering, and
    /// the rest would only take time.
    fn record_inconclusive(&mut self, why: String) {
        self.failed_in_a_row += 1;
        if self.failed_in_a_row >= FAILED_IN_A_ROW_MAX && self.outcome.broken_off.is_none() {
            let many = FAILED_IN_A_ROW_MAX;
            let why = format!("{many} cases in a row were inconclusive, the last with {why}");
            self.outcome.broken_off = Some(why);
        }
        self.count_inconclusive(why);
    }

    /// Counts an inconclusive case under its reason.
    fn count_inconclusive(&mut self, why: String) {
        self.outcome.inconclusive += 1;
        self.outcome.inconclusive_reasons.add(&why);
        self.outcome.first_inconclusive.get_or_insert(why);
    }

    async fn play_suites(&mut self) {
        let shapes = self.outcome.capabilities.shapes();
        let capabilities = &self.outcome.capabilities;
        let playable = |suite: &&Suite| {
            let can = suite.scenario().steps().any(|step| capabilities.can(&step.call));
            let scenario = suite.scenario();
            let assumed = scenario.assumptions.are_all_in(self.target.assumptions);
            shapes.contains(&scenario.shape) && assumed && can
        };
        let suites = (0_u64..).zip(self.options.suites.iter().filter(playable));
        let suites = suites.filter(|(number, _)| self.is_ours(*number));
        let cases: Vec<(Place, Case)> = suites
            .map(|(number, suite)| (Place::Suite(number), suite.case(capabilities)))
            .collect();
        let planned = cases.len() as u64;
        self.listener.tell(&Event::Playing { what: "suites", total: planned });
        self.outcome.suites.planned = planned;
        self.play_round(cases.into_iter(), ReadPolicy::AfterEachStep, |outcome, _, _| {
            outcome.suites.played += 1;
        })
        .await;
    }

    /// Returns the rounds of drawn cases; the first is being drawn.
    fn rounds(&mut self) -> Rounds {
        let Options { seed, cases: count, shard, .. } = *self.options;
        let cases = self.cases();
        let is_empty = count == 0;
        let reached = if is_empty { Arc::default() } else { known_from(&mut self.reached, &cases) };
        let mut rounds = Rounds::of(cases, seed, count, shard.unwrap_or((1, 1)), reached);
        rounds.draw_ahead(&self.avoided());
        rounds
    }

    async fn explore(&mut self, mut rounds: Rounds) {
        let total = rounds.total();
        self.listener.tell(&Event::Playing { what: "cases", total });
        self.outcome.drawn.planned = total;
        // What is drawn depends on what is known when a round begins, and on what the cases before
        // reach, those of other parts too; never on which of the cases in flight ends first: so a
        // run can be repeated.
        while !self.is_over() {
            rounds.keep_to(&self.outcome.capabilities);
            let Some(ours) = rounds.next(&self.avoided()).await else { break };
            let reads = if self.options.shard.is_some() {
                ReadPolicy::AfterEachStep
            } else {
                self.reached = Some(Arc::clone(rounds.reached()));
                ReadPolicy::NovelOnly(Arc::new(self.signatures.clone()))
            };
            let ours = ours.into_iter().map(|(number, case)| (Place::Drawn(number), case));
            self.play_round(ours, reads, |outcome, _, _| outcome.drawn.played += 1).await;
        }
    }

    /// Plays cases, and processes their findings in the order of the cases. `note` takes each that was played,
    /// by its place. What one wave of cases has shown is confirmed before the next one is played.
    async fn play_round(
        &mut self,
        cases: impl Iterator<Item = (Place, Case)>,
        reads: ReadPolicy,
        note: impl Fn(&mut Outcome, usize, Option<&Played>),
    ) {
        let mut cases = cases.enumerate();
        loop {
            let wave: Vec<(usize, (Place, Case))> = cases.by_ref().take(WAVE).collect();
            if wave.is_empty() {
                break;
            }
            self.play_wave(wave, reads.clone(), &note).await;
            self.confirm_fresh().await;
            if self.is_over() {
                break;
            }
        }
    }

    /// Plays the cases of a wave, several at a time.
    async fn play_wave(
        &mut self,
        wave: Vec<(usize, (Place, Case))>,
        reads: ReadPolicy,
        note: &impl Fn(&mut Outcome, usize, Option<&Played>),
    ) {
        let options = Arc::new(self.play_options(reads));
        let target = self.target;
        let lost = Arc::clone(&self.no_organizations);
        let mut plays = futures::stream::iter(wave.into_iter().map(|(number, (place, case))| {
            let (target, options) = (Arc::clone(target), Arc::clone(&options));
            let lost = case.shape() != Shape::Standalone && lost.load(Ordering::Relaxed);
            tokio::spawn(async move {
                let survived =
                    if lost { None } else { Some(play_surviving(&target, &case, &options).await) };
                (number, place, case, survived)
            })
        }))
        .buffered(self.options.jobs);
        while let Some(joined) = plays.next().await {
            let (number, place, case, survived) = match joined {
                Ok(played) => played,
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            };
            let Some(Survived { played, requests, is_gone }) = survived else {
                self.outcome.cases += 1;
                self.count_inconclusive(WITHOUT_ORGANIZATIONS.to_owned());
                continue;
            };
            note(&mut self.outcome, number, played.as_ref().ok());
            self.outcome.requests += requests;
            if is_gone {
                self.note_gone();
            }
            match played {
                Ok(played) => {
                    self.place = place;
                    self.process(&case, played).await;
                }
                Err(error) => self.fail(&error),
            }
            // What a case of a shard comes to depends on no other case.
            if self.options.fail_fast || self.options.shard.is_some() {
                self.confirm_fresh().await;
            }
            if self.is_over() {
                break;
            }
        }
    }

    /// Notes that the target was waited for in vain.
    fn note_gone(&mut self) {
        self.outcome.broken_off.get_or_insert_with(gone);
    }

    async fn process(&mut self, case: &Case, played: Played) {
        self.outcome.cases += 1;
        self.outcome.steps += played.steps;
        self.outcome.requests += played.requests;
        if played.inconclusive.is_none() || played.tally.has_answers() {
            self.failed_in_a_row = 0;
        }
        if case.shape() != Shape::Standalone {
            self.worlds_failed = 0;
        }
        self.outcome.tally.merge(played.tally);
        self.signatures.merge(played.signatures);
        if let Some(why) = played.inconclusive {
            self.record_inconclusive(why);
        }
        self.listener.tell(&Event::Played { requests: self.outcome.requests });
        if self.told.elapsed() >= TOLD_EVERY {
            self.tell_so_far();
        }
        let requests_to_find = self.outcome.requests;
        let mut findings = played.findings;
        findings.extend(self.proven(case, played.suspects).await);
        simplest_first(case, &mut findings);
        for finding in findings {
            self.take(case, finding, requests_to_find);
        }
    }

    /// Notes the type of resource that a finding is about, if it is about one.
    fn note_type(&mut self, case: &Case, finding: &Finding) {
        let types = types_of(case, finding);
        if types.len() == 1 {
            self.outcome.types.entry(finding.origin()).or_default().extend(types);
        }
    }

    fn is_wanted(&self, origin: &Origin) -> bool {
        self.options.rule.as_ref().is_none_or(|glob| glob.is_match(origin.rule))
    }

    /// Tells the results so far.
    fn tell_so_far(&mut self) {
        self.outcome.elapsed = self.begun.elapsed();
        self.told = Instant::now();
        self.listener.tell(&Event::SoFar(&self.outcome));
    }
}

/// The reason that a run breaks off whose target was waited for in vain.
fn gone() -> String {
    let seconds = AWAITED.as_secs();
    format!("the target stopped answering, and did not answer for {seconds} seconds")
}

/// Returns the search state so far; it is seeded from the suites when it is first asked for.
fn known_from(reached: &mut Option<Arc<Search>>, cases: &Cases) -> Arc<Search> {
    Arc::clone(reached.get_or_insert_with(|| Arc::new(suites::seeded_search(cases))))
}

/// The rules that suites show, but none by anything that the target has.
fn out_of_reach(capabilities: &Capabilities) -> BTreeSet<&'static str> {
    let shapes = capabilities.shapes();
    let (mut within, mut beyond) = (BTreeSet::new(), BTreeSet::new());
    for suite in suites::all() {
        let fits = shapes.contains(&suite.scenario().shape);
        let predicted = predict(suite.parsed()).steps;
        for (step, expected) in suite.scenario().steps().zip(&predicted) {
            let reach =
                if fits && capabilities.can(&step.call) { &mut within } else { &mut beyond };
            reach.extend(expected.cited());
        }
    }
    beyond.retain(|rule| !within.contains(rule));
    beyond
}

#[cfg(test)]
mod tests;
