//! The main job: probe the target, play the suites, explore, shrink, and say what was found.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bellwether_model::rules::{self, Rule};
use futures::StreamExt as _;
use globset::GlobMatcher;

use crate::capabilities::Capabilities;
use crate::event::{Event, Listener};
use crate::explore::{Case, Cases, Reached, Way};
use crate::probe;
use crate::run::{Finding, Origin, PlayOptions, Played, ReadPolicy, SeenSignatures, Tally, play};
use crate::shrink::{FLAKY_TRIES, Shrunk, shows_again, shrink, times_shown};
use crate::suites::{self, Suite};
use crate::target::{Target, TargetError};

pub use crate::shrink::SHRINK_REQUESTS;

/// What to check, and for how long.
#[derive(Clone, Debug)]
pub struct Options {
    /// Draws the cases: the same seed and target give the same cases.
    pub seed: u64,
    /// How many cases to draw.
    pub cases: u64,
    /// How many steps each has at the most.
    pub steps: usize,
    /// How many cases run at the same time.
    pub jobs: usize,
    /// No new case is begun once so many requests were sent.
    pub max_requests: Option<u64>,
    /// No new case is begun after this time.
    pub max_time: Option<Duration>,
    /// Only divergences from these rules are reported.
    pub rule: Option<GlobMatcher>,
    /// The scenarios to play first.
    pub suites: Vec<Suite>,
    /// Which part of the drawn cases to play: every N-th, beginning with the K-th, K from 1.
    pub shard: (u64, u64),
    /// Begin nothing new after the first divergence that fails the run.
    pub fail_fast: bool,
    /// How many requests the shrinking of one divergence may take.
    pub shrink_requests: u64,
    /// Set from outside to end the run early, with what it has.
    pub cancelled: Arc<AtomicBool>,
}

/// What a run found.
#[derive(Debug)]
pub struct Outcome {
    /// What the target has.
    pub capabilities: Capabilities,
    /// What was reached, and what conforms.
    pub tally: Tally,
    /// The divergences, one of each origin, worst first.
    pub divergences: Vec<Found>,
    /// Findings that did not show again: how often of how many tries.
    pub flaky: Vec<(Found, u32, u32)>,
    /// The scenarios and cases played.
    pub cases: u64,
    /// The steps sent.
    pub steps: u64,
    /// The requests sent, for probing and shrinking too.
    pub requests: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// How many plays came to nothing.
    pub inconclusive: u64,
    /// Why the first of them did.
    pub first_inconclusive: Option<String>,
    /// Whether it was ended early.
    pub interrupted: bool,
    /// Why it ended early by itself, if so: the target stopped answering.
    pub broken_off: Option<String>,
}

/// A divergence, shrunk.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The finding, in the shrunk case.
    pub finding: Finding,
    /// The shrunk case.
    pub case: Case,
    /// The requests of the run when the case that showed it was over.
    pub requests_to_find: u64,
    /// The requests that shrinking it took.
    pub requests_to_shrink: u64,
}

/// After so many plays in a row that came to nothing, a run breaks off.
const FAILED_IN_A_ROW_MAX: u64 = 16;

/// How many cases are drawn at a time. What is drawn depends on what was found before, so this
/// has to be the same on every machine.
const ROUND: u64 = 16;

/// How often a finding has to show again once it is shrunk, before it is reported.
const CONFIRMATIONS: u32 = 4;

/// How often findings of one origin are looked into that turn out to prove nothing.
const SUSPICIONS_MAX: u32 = 4;

/// In how many plays an operation has to answer so that nothing can be read, and nothing else,
/// before that is looked into.
const UNREADABLE_MIN: u32 = 3;

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
    let mut checking = Checking {
        target,
        options,
        listener,
        begun,
        known: BTreeSet::new(),
        reached: None,
        told: SeenSignatures::default(),
        outcome: Outcome {
            capabilities,
            tally: Tally::default(),
            divergences: Vec::new(),
            flaky: Vec::new(),
            cases: 0,
            steps: 0,
            requests,
            elapsed: Duration::ZERO,
            inconclusive: 0,
            first_inconclusive: None,
            interrupted: false,
            broken_off: None,
        },
        failed_in_a_row: 0,
        suspected: BTreeMap::new(),
        unreadable: BTreeMap::new(),
    };
    let played = match checking.play_suites().await {
        Ok(()) => checking.explore().await,
        Err(error) => Err(error),
    };
    let mut outcome = checking.outcome;
    if let Err(error) = played {
        // What was found so far is kept.
        outcome.broken_off = Some(error.to_string());
    }
    outcome.divergences.sort_by(|one, other| one.finding.origin_order(&other.finding));
    outcome.elapsed = begun.elapsed();
    outcome.interrupted = options.cancelled.load(Ordering::Relaxed);
    listener.tell(&Event::Finished);
    Ok(outcome)
}

impl Finding {
    /// Worst first; then by rule and operation.
    fn origin_order(&self, other: &Self) -> std::cmp::Ordering {
        let key =
            |it: &Self| (it.origin.difference, it.origin.rule, it.origin.operation, it.origin.role);
        key(self).cmp(&key(other))
    }
}

struct Checking<'a> {
    target: &'a Arc<Target>,
    options: &'a Options,
    listener: &'a dyn Listener,
    begun: Instant,
    known: BTreeSet<Origin>,
    /// What the cases drawn so far have reached, see [`known_from`].
    reached: Option<Reached>,
    /// What the looks at drawn cases have told.
    told: SeenSignatures,
    outcome: Outcome,
    /// How many plays came to nothing since the last one that did not.
    failed_in_a_row: u64,
    /// How often findings were looked into that proved nothing.
    suspected: BTreeMap<Origin, u32>,
    /// In how many plays an operation's answer could not be read.
    unreadable: BTreeMap<&'static str, u32>,
}

impl Checking<'_> {
    fn options(&self, reads: ReadPolicy) -> PlayOptions {
        PlayOptions {
            assumptions: self.target.assumptions,
            reads,
            capabilities: self.outcome.capabilities.clone(),
        }
    }

    /// How cases are drawn while nothing is known.
    fn cases(&self) -> Cases {
        Cases {
            steps: self.options.steps,
            assumptions: self.target.assumptions,
            capabilities: self.outcome.capabilities.clone(),
            known: BTreeSet::new(),
            way: Way::Favouring,
        }
    }

    /// Whether the budget is spent, or somebody wants an end.
    fn is_over(&self) -> bool {
        let requests = self.options.max_requests.is_some_and(|most| self.outcome.requests >= most);
        let time = self.options.max_time.is_some_and(|most| self.begun.elapsed() >= most);
        let gone = self.outcome.broken_off.is_some();
        let failed = || self.outcome.divergences.iter().any(|found| found.rule.evidence.is_firm());
        let enough = self.options.fail_fast && failed();
        requests || time || gone || enough || self.options.cancelled.load(Ordering::Relaxed)
    }

    /// Takes note of a play whose accounts or organization could not be had.
    fn fail(&mut self, error: &TargetError) {
        self.outcome.cases += 1;
        self.come_to_nothing(error.to_string());
        self.listener.tell(&Event::Played { requests: self.outcome.requests });
    }

    /// Takes note of a play that came to nothing. A target that makes that of many in a row has
    /// stopped answering, and the rest would only take time.
    fn come_to_nothing(&mut self, why: String) {
        self.failed_in_a_row += 1;
        if self.failed_in_a_row >= FAILED_IN_A_ROW_MAX {
            let many = FAILED_IN_A_ROW_MAX;
            let why = format!("{many} cases in a row were inconclusive, the last with {why}");
            self.outcome.broken_off = Some(why);
        }
        self.outcome.inconclusive += 1;
        self.outcome.first_inconclusive.get_or_insert(why);
    }

    async fn play_suites(&mut self) -> Result<(), TargetError> {
        let shapes = self.outcome.capabilities.shapes();
        let capabilities = &self.outcome.capabilities;
        let playable = |suite: &&Suite| {
            let can = suite.scenario().steps().any(|step| capabilities.can(&step.call));
            let scenario = suite.scenario();
            let assumed = scenario.assumptions.are_all_in(self.target.assumptions);
            shapes.contains(&scenario.shape) && assumed && can
        };
        let suites = self.options.suites.iter().filter(playable);
        let cases: Vec<Case> = suites.map(|suite| suite.case(capabilities)).collect();
        self.play_all("suites", cases.len() as u64, cases.into_iter()).await
    }

    async fn explore(&mut self) -> Result<(), TargetError> {
        let (part, parts) = self.options.shard;
        let is_ours = |number: &u64| number % parts == part - 1;
        let total = (0..self.options.cases).filter(is_ours).count() as u64;
        self.listener.tell(&Event::Playing { what: "cases", total });
        let mut cases = self.cases();
        // What is drawn depends on what is known when a round begins, and on what the cases before
        // reach, those of other parts too; never on which of the cases in flight ends first: so a
        // run can be repeated.
        let round = ROUND * parts;
        for begin in (0..self.options.cases).step_by(usize::try_from(round).unwrap_or(usize::MAX)) {
            if self.is_over() {
                break;
            }
            cases.known.clone_from(&self.known);
            let numbers = begin..(begin + round).min(self.options.cases);
            let seed = self.options.seed;
            let reached = known_from(&mut self.reached, &cases);
            let drawn = numbers.map(|number| (number, cases.case(seed, number, reached)));
            let ours: Vec<Case> =
                drawn.filter(|(number, _)| is_ours(number)).map(|(_, case)| case).collect();
            let reads = ReadPolicy::NovelOnly(Arc::new(self.told.clone()));
            self.play_round(ours.into_iter(), reads).await?;
        }
        Ok(())
    }

    async fn play_all(
        &mut self,
        what: &'static str,
        total: u64,
        cases: impl Iterator<Item = Case>,
    ) -> Result<(), TargetError> {
        self.listener.tell(&Event::Playing { what, total });
        self.play_round(cases, ReadPolicy::AfterEachStep).await
    }

    /// Plays cases, several at a time, and takes up what they found in the order of the cases.
    async fn play_round(
        &mut self,
        cases: impl Iterator<Item = Case>,
        reads: ReadPolicy,
    ) -> Result<(), TargetError> {
        let options = Arc::new(self.options(reads));
        let target = self.target;
        let mut plays = futures::stream::iter(cases.map(|case| {
            let (target, options) = (Arc::clone(target), Arc::clone(&options));
            tokio::spawn(async move {
                let played = play(&target, case.shape, &case.steps, &options).await;
                (case, played)
            })
        }))
        .buffered(self.options.jobs);
        while let Some(joined) = plays.next().await {
            let (case, played) = match joined {
                Ok(played) => played,
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            };
            match played {
                Ok(played) => self.take_up(&case, played).await?,
                Err(error) => self.fail(&error),
            }
            if self.is_over() {
                break;
            }
        }
        Ok(())
    }

    async fn take_up(&mut self, case: &Case, played: Played) -> Result<(), TargetError> {
        self.outcome.cases += 1;
        self.outcome.steps += played.steps;
        self.outcome.requests += played.requests;
        if played.inconclusive.is_none() || played.tally.has_answers() {
            self.failed_in_a_row = 0;
        }
        self.outcome.tally.merge(played.tally);
        self.told.merge(played.told);
        if let Some(why) = played.inconclusive {
            self.come_to_nothing(why);
        }
        self.listener.tell(&Event::Played { requests: self.outcome.requests });
        let requests_to_find = self.outcome.requests;
        let unreadable: Vec<_> =
            played.unreadable.into_iter().filter(|it| self.is_never_readable(it)).collect();
        let findings = played.findings.into_iter().chain(unreadable);
        let mut left: VecDeque<(Case, Finding)> =
            findings.map(|finding| (case.clone(), finding)).collect();
        while let Some((case, finding)) = left.pop_front() {
            if self.is_wanted(&finding.origin) && self.known.insert(finding.origin.clone()) {
                left.extend(self.shrink(&case, &finding, requests_to_find).await?);
            }
        }
        Ok(())
    }

    /// Whether an answer that can't be read is one of many of its operation, and none can.
    fn is_never_readable(&mut self, finding: &Finding) -> bool {
        let operation = finding.origin.operation;
        let seen = self.unreadable.entry(operation).or_default();
        *seen += 1;
        *seen >= UNREADABLE_MIN && !self.outcome.tally.is_readable(operation)
    }

    fn is_wanted(&self, origin: &Origin) -> bool {
        self.options.rule.as_ref().is_none_or(|glob| glob.is_match(origin.rule))
    }

    /// Shrinks a finding and reports it, where it shows again. What else the shrunk case shows.
    async fn shrink(
        &mut self,
        case: &Case,
        finding: &Finding,
        requests_to_find: u64,
    ) -> Result<Vec<(Case, Finding)>, TargetError> {
        self.listener.tell(&Event::Found(&finding.origin));
        let budget = self.options.shrink_requests;
        let options = self.options(ReadPolicy::AfterEachStep);
        let cases = self.cases();
        let reached = &*known_from(&mut self.reached, &cases);
        let known = |rule| reached.ways_to(rule);
        let shrunk = Box::pin(shrink(self.target, &options, case, finding, known, budget)).await?;
        self.outcome.requests += shrunk.requests;
        let steps = shrunk.case.steps.len();
        self.listener.tell(&Event::Shrunk { steps, requests: shrunk.requests });
        let Shrunk { case: least, finding: shown, requests, reproduced, beside } = shrunk;
        let beside = beside.into_iter().map(|it| (least.clone(), it)).collect();
        let Some(rule) = rules::find(shown.origin.rule) else {
            return Ok(beside);
        };
        let found = Found {
            rule,
            finding: shown,
            case: least,
            requests_to_find,
            requests_to_shrink: requests,
        };
        let shown = if reproduced { self.confirm(&found).await? } else { 0 };
        if shown == CONFIRMATIONS {
            // Shrinking may have led to an origin that is known already.
            let origin = &found.finding.origin;
            let known = *origin != finding.origin && !self.known.insert(origin.clone());
            if !known {
                self.outcome.divergences.push(found);
            }
            return Ok(beside);
        }
        let (seen, requests) = times_shown(self.target, &options, case, &finding.origin).await?;
        self.outcome.requests += requests;
        if seen == FLAKY_TRIES {
            self.outcome.divergences.push(found);
            return Ok(beside);
        }
        // What a misfortune has shown once, something real may show later.
        let suspected = self.suspected.entry(finding.origin.clone()).or_default();
        *suspected += 1;
        if *suspected < SUSPICIONS_MAX {
            self.known.remove(&finding.origin);
        }
        if *suspected == 1 {
            self.outcome.flaky.push((found, seen, FLAKY_TRIES));
        }
        Ok(beside)
    }

    /// How often in a row a shrunk case shows its finding again. A play that comes to nothing does
    /// not count.
    async fn confirm(&mut self, found: &Found) -> Result<u32, TargetError> {
        let options = self.options(ReadPolicy::AfterEachStep);
        let mut shown = 0;
        for turn in 1..=u64::from(CONFIRMATIONS) * 4 {
            let (again, requests) =
                shows_again(self.target, &options, &found.case, &found.finding, turn).await?;
            self.outcome.requests += requests;
            match again {
                Some(true) => shown += 1,
                Some(false) => return Ok(shown.min(CONFIRMATIONS - 1)),
                None => {}
            }
            if shown == CONFIRMATIONS {
                break;
            }
        }
        Ok(shown)
    }
}

/// What was reached so far; what is known of the suites is found out when it is first asked for.
fn known_from<'r>(reached: &'r mut Option<Reached>, cases: &Cases) -> &'r mut Reached {
    reached.get_or_insert_with(|| suites::knowing(cases))
}
