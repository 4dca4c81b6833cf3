//! One search: cases until one shows the planted fault, then the pipeline that `check` has.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bellwether_model::Assumptions;
use futures::StreamExt as _;

use super::{Counterexample, Measured, Options, Search, options as play_options, tuned};
use crate::confirm::{Confirmed, Confirming, Verdict, simplest_first};
use crate::counterexample::{self, scenarios, verify};
use crate::event::{Event, Listener};
use crate::explore::{self, Cases, Generator};
use crate::reference::mutants::{Class, Mutant};
use crate::run::{Finding, Origin, PlayOptions, ReadPolicy, play};
use crate::scenario::{Case, Scenario};
use crate::shrink::{PassCounts, SHRINK_REQUESTS, ShrinkOptions, Shrunk, shrink_baseline};
use crate::suites;
use crate::target::Target;

/// The requests that the baseline's shrinking of one counterexample may take.
const BASELINE_SHRINK_REQUESTS: u64 = 5_000;

/// Searches all mutants, several at a time; what is known when each search begins is the same.
///
/// A mutant is searched with the assumptions of the scenario that shows it: what only a lowered limit
/// shows is not to be found with AWS's.
pub(super) async fn search_all(
    options: &Options,
    mutants: &[(&'static Class, &'static Mutant)],
    generator: Generator,
    listener: &dyn Listener,
) -> Vec<Measured> {
    let mut decks: BTreeMap<Assumptions, Vec<Arc<Deck>>> = BTreeMap::new();
    for (_, mutant) in mutants {
        let assumptions = assumptions_of(mutant);
        decks
            .entry(assumptions)
            .or_insert_with(|| Deck::each_seed(options, generator, assumptions));
    }
    let pairs = mutants.iter().flat_map(|(_, mutant)| {
        let decks = &decks[&assumptions_of(mutant)];
        decks.iter().map(move |deck| (*mutant, Arc::clone(deck)))
    });
    let max_requests = options.max_requests;
    let mut searches = futures::stream::iter(pairs.map(|(mutant, deck)| {
        tokio::spawn(
            async move { search(&Target::reference(Some(mutant)), &deck, max_requests).await },
        )
    }))
    .buffered(options.jobs);
    let mut measured = Vec::new();
    for (class, mutant) in mutants {
        let mut of_mutant = Vec::new();
        for _ in 0..options.trials {
            match searches.next().await {
                Some(Ok(search)) => of_mutant.push(search),
                Some(Err(panic)) => std::panic::resume_unwind(panic.into_panic()),
                None => break,
            }
        }
        let measured_one = Measured::of(class, mutant, of_mutant);
        listener.tell(&Event::Note(&measured_one.line()));
        measured.push(measured_one);
    }
    measured
}

/// The assumptions of the scenario that shows a mutant.
fn assumptions_of(mutant: &Mutant) -> Assumptions {
    let shown = Scenario::parse(mutant.name, mutant.shown);
    shown.map_or_else(|_| Assumptions::default(), |shown| shown.assumptions)
}

/// The cases of a run of one seed, each drawn once: they depend on the model alone, and are the same
/// for every mutant that is searched with these assumptions.
pub(super) struct Deck {
    seed: u64,
    cases: Cases,
    without_passes: BTreeSet<&'static str>,
    drawn: Mutex<(Vec<Arc<Case>>, explore::Search)>,
}

impl Deck {
    /// A deck for each search of a mutant, with seeds of their own.
    fn each_seed(
        options: &Options,
        generator: Generator,
        assumptions: Assumptions,
    ) -> Vec<Arc<Self>> {
        let cases = Cases { assumptions, ..tuned(options, generator) };
        let known = match generator {
            Generator::Guided | Generator::Weighted => suites::seeded_search(&cases),
            Generator::Uniform => explore::Search::default(),
        };
        let deck =
            |trial: u64| Self::new(options, options.seed + trial, cases.clone(), known.clone());
        (0..options.trials).map(|trial| Arc::new(deck(trial))).collect()
    }

    /// The deck of the first seed, of cases that are drawn as those of `check`.
    pub(super) fn of_first_seed(options: &Options) -> Self {
        let cases = tuned(options, Generator::Guided);
        let known = suites::seeded_search(&cases);
        Self::new(options, options.seed, cases, known)
    }

    fn new(options: &Options, seed: u64, cases: Cases, known: explore::Search) -> Self {
        let without_passes = options.without_passes.clone();
        Self { seed, cases, without_passes, drawn: Mutex::new((Vec::new(), known)) }
    }

    fn generator(&self) -> Generator {
        self.cases.generator
    }

    /// The cases that are known to come to a rule, the shortest first.
    fn cases_reaching(&self, rule: &'static str) -> Vec<Case> {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.1.cases_reaching(rule)
    }

    /// The case of this number.
    fn case(&self, number: u64) -> Arc<Case> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let (cases, reached) = &mut *drawn;
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        while cases.len() <= index {
            let case = self.cases.case(self.seed, cases.len() as u64, reached);
            cases.push(Arc::new(case));
        }
        Arc::clone(&cases[index])
    }
}

/// One search.
pub(super) async fn search(target: &Target, deck: &Deck, max_requests: u64) -> Search {
    let begun = Instant::now();
    let mut options = play_options(deck.generator());
    if !deck.cases.tuning.skips_seen_signatures() {
        options.reads = ReadPolicy::AfterEachStep;
    }
    let mut search = Search::new(deck.seed);
    while search.requests < max_requests {
        let case = deck.case(search.cases);
        search.cases += 1;
        let Ok(played) = play(target, &case, &options).await else {
            // The world could not be set up, which shows nothing, but took requests all the same.
            search.requests += 1;
            continue;
        };
        if let ReadPolicy::NovelOnly(seen) = &mut options.reads {
            Arc::make_mut(seen).merge(played.signatures);
        }
        let mut findings = played.findings;
        // No faults are injected here: an answer that is lost is the planted fault's.
        findings.extend(played.suspects);
        let Some(first) = findings.first() else {
            search.requests += played.requests;
            continue;
        };
        search.requests += first.requests;
        // What the search has seen already is read again here.
        let options = PlayOptions { reads: ReadPolicy::AfterEachStep, ..options.clone() };
        match deck.generator() {
            Generator::Guided | Generator::Weighted => {
                let mut pipeline = Pipeline { target, options, deck, search: &mut search };
                pipeline.run(&case, findings).await;
            }
            Generator::Uniform => {
                search.found = by_baseline(target, &options, &case, &findings).await;
            }
        }
        break;
    }
    search.microseconds = micros(begun.elapsed());
    search
}

/// Processes the findings of a case as `check` does.
struct Pipeline<'a> {
    target: &'a Target,
    options: PlayOptions,
    deck: &'a Deck,
    search: &'a mut Search,
}

impl Pipeline<'_> {
    /// Confirms each finding of a new origin, and the others that their shrunk cases show. The search
    /// is given the shortest counterexample.
    async fn run(&mut self, case: &Case, mut findings: Vec<Finding>) {
        simplest_first(case, &mut findings);
        let mut left: VecDeque<(Case, Finding)> =
            findings.into_iter().map(|finding| (case.clone(), finding)).collect();
        let mut known: BTreeSet<Origin> = BTreeSet::new();
        let mut reported: BTreeSet<Origin> = BTreeSet::new();
        while let Some((case, finding)) = left.pop_front() {
            if !known.insert(finding.origin()) {
                continue;
            }
            let Some(Confirmed { verdict, others, passes, .. }) =
                self.confirm(&case, &finding).await
            else {
                break;
            };
            add(&mut self.search.passes, passes);
            left.extend(others);
            match verdict {
                Verdict::Diverges(found) => {
                    known.insert(found.finding.origin());
                    if reported.insert(found.finding.origin()) {
                        self.search.reported += 1;
                        self.take(&found, finding.step + 1);
                    }
                }
                Verdict::Flaky { .. } => self.search.flaky += 1,
                Verdict::Undecided => self.search.undecided += 1,
                Verdict::Defect(defect) => {
                    self.search.extra.push(format!("{}: {}", defect.id, defect.why));
                }
            }
        }
    }

    async fn confirm(&self, case: &Case, finding: &Finding) -> Option<Confirmed> {
        let limits = ShrinkOptions {
            requests: SHRINK_REQUESTS,
            without: self.deck.without_passes.clone(),
            ..ShrinkOptions::default()
        };
        let confirming = Confirming {
            target: self.target,
            options: &self.options,
            known: &|rule| self.deck.cases_reaching(rule),
            limits: &limits,
            shorter: &|_, _| {},
        };
        Box::pin(confirming.confirm(case, finding, self.search.requests)).await.ok()
    }

    /// Keeps a counterexample that is shorter than the one before.
    fn take(&mut self, found: &counterexample::Counterexample, steps_to_find: usize) {
        let steps = found.steps();
        if self.search.found.as_ref().is_some_and(|it| it.steps <= steps) {
            return;
        }
        self.search.found = Some(Counterexample::of(found, steps_to_find));
    }
}

impl Counterexample {
    /// The figures of a counterexample whose case showed it after this number of steps.
    fn of(found: &counterexample::Counterexample, steps_to_find: usize) -> Self {
        Self {
            rule: found.rule().name,
            kind: found.finding.origin().difference.as_str(),
            steps_to_find,
            steps: found.steps(),
            shrink_requests: found.requests_to_shrink,
            scenario: found.scenario.to_string(),
        }
    }
}

/// Adds what the passes of one shrinking did.
pub(super) fn add(
    all: &mut BTreeMap<&'static str, PassCounts>,
    passes: BTreeMap<&'static str, PassCounts>,
) {
    for (name, counts) in passes {
        all.entry(name).or_default().add(counts);
    }
}

/// The counterexample that the baseline shrinks the first finding to that is one.
async fn by_baseline(
    target: &Target,
    options: &PlayOptions,
    case: &Case,
    findings: &[Finding],
) -> Option<Counterexample> {
    for finding in findings {
        let budget = BASELINE_SHRINK_REQUESTS;
        let shrunk = shrink_baseline(target, options, case, finding, budget).await.ok()?;
        let Shrunk { case: least, finding: shown, requests, .. } = shrunk;
        let (case, shown, written) = scenarios(&least, &shown);
        for scenario in written {
            if verify(&scenario).await.is_ok() {
                let found = counterexample::Counterexample {
                    finding: shown,
                    case,
                    scenario,
                    requests_to_find: 0,
                    requests_to_shrink: requests,
                    rate: None,
                };
                return Some(Counterexample::of(&found, finding.step + 1));
            }
        }
    }
    None
}

fn micros(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX)
}
