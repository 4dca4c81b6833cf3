//! How strong the harness is: how many planted faults it finds, with how many requests, how short
//! the counterexamples are, and how often it cries wolf.
//!
//! Suites are not played: they were written with the rules in mind, and would find by themselves
//! what the search is to find. Of them the draws know the shortest way to each rule, as those of
//! `check` do. Beside the search stands a baseline in the same run: the same model,
//! drawn from plainly and shrunk plainly, as a stateful testing library does by itself.

mod alarms;
mod controls;
mod floors;
mod render;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bellwether_model::Assumptions;
use futures::StreamExt as _;
use serde::Serialize;

use crate::capabilities::Capabilities;
use crate::explore::{Case, Cases, Reached, Way};
use crate::reference::mutants::{Class, Mutant};
use crate::run::{Finding, PlayOptions, ReadPolicy, play};
use crate::scenario::{Item, Scenario};
use crate::shrink::{
    FLAKY_TRIES, SHRINK_REQUESTS, Shrunk, least_steps, shows_again, shrink, shrink_plainly,
    times_shown,
};
use crate::suites;
use crate::target::{Target, TargetError};

pub use alarms::Alarms;
pub use controls::Control;
pub use floors::{FLOORS, Floors, FloorsError};
pub use render::{etna, human, markdown};

/// What to measure, and for how long.
#[derive(Clone, Debug)]
pub struct Options {
    /// The mutants to search, each with its class.
    pub mutants: Vec<(&'static Class, &'static Mutant)>,
    /// How many searches of each, with seeds of their own.
    pub trials: u64,
    /// The first seed.
    pub seed: u64,
    /// A search ends without success once it has sent so many requests.
    pub max_requests: u64,
    /// How many searches run at the same time.
    pub jobs: usize,
    /// How many sequences of the unmutated target to look for false alarms in, split over the weathers.
    pub sequences: u64,
    /// Whether to measure the baseline.
    pub baseline: bool,
    /// Whether to say what is said of the servers that share nothing in earnest.
    pub controls: bool,
}

/// The steps of a drawn case: long ones find deep faults with fewer requests.
pub const STEPS: usize = 80;
/// The steps of most sequences that false alarms are looked for in.
pub const LOOSE_STEPS: usize = 40;
/// The steps of a case of the baseline.
pub const PLAIN_STEPS: usize = 20;
/// How many of the findings that a shrunk case shows beside its own are shrunk as well.
const BESIDE: usize = 2;
/// How many requests the baseline's shrinking of one counterexample may take.
const PLAIN_SHRINK_REQUESTS: u64 = 5_000;

/// What a run of `power` found.
#[derive(Clone, Debug, Serialize)]
pub struct Power {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// The first seed.
    pub seed: u64,
    /// How many searches of each mutant.
    pub trials: u64,
    /// When a search was given up.
    pub max_requests: u64,
    /// How long it all took.
    pub seconds: f64,
    /// The mutants, in the order of the catalogue; equivalent ones are not searched.
    pub mutants: Vec<Measured>,
    /// The figures over all of them.
    pub figures: Figures,
    /// Mutants that no rule tells from AWS, each with why.
    pub equivalent: Vec<Equivalent>,
    /// The sequences of the unmutated target.
    pub sequences: u64,
    /// How many of a thousand showed a divergence.
    pub false_alarms_per_1000: f64,
    /// The same in each weather.
    pub weathers: Vec<Alarms>,
    /// What is said of the servers that share nothing in earnest, where that was asked.
    pub controls: Vec<Control>,
    /// The same for the plain generator and plain shrinking, where that was measured.
    pub baseline: Option<Baseline>,
}

/// See [`Power::baseline`].
#[derive(Clone, Debug, Serialize)]
pub struct Baseline {
    /// The mutants.
    pub mutants: Vec<Measured>,
    /// The figures over all of them.
    pub figures: Figures,
    /// How many times as many requests it needs, in the median; a search that was given up counts
    /// as if it had found the fault there, so this is the least.
    pub times_the_requests: f64,
}

/// A mutant that no rule tells from AWS.
#[derive(Clone, Debug, Serialize)]
pub struct Equivalent {
    /// What it is called.
    pub name: &'static str,
    /// Why no rule does.
    pub why: &'static str,
}

/// What came of the searches of one mutant.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// What it is called.
    pub name: &'static str,
    /// Its class.
    pub class: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// In how many searches it was found.
    pub killed: usize,
    /// How many searches there were.
    pub trials: usize,
    /// The median of the requests to find it; nothing where the median search was given up.
    pub requests_median: Option<u64>,
    /// The steps of the cases until then, in the median.
    pub steps_to_find_median: Option<u64>,
    /// The median of the steps of the counterexamples.
    pub steps: Option<u64>,
    /// The fewest steps that are known to show it.
    pub minimum: usize,
    /// The median of the requests to shrink a counterexample.
    pub shrink_requests_median: Option<u64>,
    /// Each search.
    pub searches: Vec<Search>,
}

/// One search.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// Its seed.
    pub seed: u64,
    /// The requests until the fault showed, or until it was given up.
    pub requests: u64,
    /// The cases that were drawn.
    pub cases: u64,
    /// How long it took, shrinking included.
    pub microseconds: u64,
    /// The counterexample, if there is one.
    pub found: Option<Counterexample>,
}

/// A counterexample.
#[derive(Clone, Debug, Serialize)]
pub struct Counterexample {
    /// The rule whose divergence is reported.
    pub rule: &'static str,
    /// How it diverges.
    pub kind: &'static str,
    /// The steps that were played until it showed.
    pub steps_to_find: usize,
    /// Its steps, shrunk.
    pub steps: usize,
    /// The requests that shrinking took.
    pub shrink_requests: u64,
    /// The shrunk case.
    pub scenario: String,
}

/// Figures over all mutants.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// How many mutants were searched.
    pub mutants: usize,
    /// How many of them the median search found.
    pub found: usize,
    /// The same, of a hundred.
    pub found_percent: f64,
    /// The median over the mutants of the median requests to find each; what was given up counts
    /// with the requests until then.
    pub requests_median: f64,
    /// Of a hundred counterexamples, how many have the known minimum of steps.
    pub at_minimum_percent: f64,
    /// How many counterexamples have more than one step more.
    pub longer_by_more_than_one: usize,
    /// The same, of a hundred.
    pub longer_percent: f64,
    /// The median over all counterexamples of the requests to shrink.
    pub shrink_requests_median: f64,
}

/// Measures.
///
/// # Errors
///
/// The unmutated target can't be played against.
pub async fn measure(options: &Options, told: &dyn Fn(&str)) -> Result<Power, TargetError> {
    let begun = Instant::now();
    let (equivalent, searched): (Vec<_>, Vec<_>) =
        options.mutants.iter().copied().partition(|(_, mutant)| mutant.equivalent.is_some());
    told(&format!("searching {} mutants, {} times each", searched.len(), options.trials));
    let known = Arc::new(suites::knowing(&cases(Way::Favouring)));
    let mutants = search_all(options, &searched, Way::Favouring, &known, told).await;
    let baseline = if options.baseline {
        told("running the baseline");
        let nothing = Reached::default();
        Some(search_all(options, &searched, Way::Plainly, &nothing, told).await)
    } else {
        None
    };
    told(&format!("reads for false alarms in {} sequences", options.sequences));
    let weathers = alarms::false_alarms(options, &known, told).await?;
    let alarms = weathers.iter().map(|it| it.alarms).sum();
    let controls = if options.controls {
        told("checking the controls");
        controls::controls(options).await
    } else {
        Vec::new()
    };
    let figures = Figures::of(&mutants);
    let baseline = baseline.map(|mutants| {
        let plain = Figures::of(&mutants);
        let times = plain.requests_median / figures.requests_median.max(1.0);
        Baseline { mutants, figures: plain, times_the_requests: times }
    });
    Ok(Power {
        schema: crate::report::SCHEMA,
        bellwether: env!("CARGO_PKG_VERSION"),
        seed: options.seed,
        trials: options.trials,
        max_requests: options.max_requests,
        seconds: begun.elapsed().as_secs_f64(),
        mutants,
        figures,
        equivalent: equivalent
            .into_iter()
            .filter_map(|(_, mutant)| {
                Some(Equivalent { name: mutant.name, why: mutant.equivalent? })
            })
            .collect(),
        sequences: options.sequences,
        false_alarms_per_1000: per_thousand(alarms, options.sequences),
        weathers,
        controls,
        baseline,
    })
}

fn options(way: Way) -> PlayOptions {
    PlayOptions {
        assumptions: Assumptions::default(),
        reads: match way {
            Way::Favouring | Way::Loosely => ReadPolicy::NovelOnly(Arc::default()),
            Way::Plainly => ReadPolicy::AfterEachStep,
        },
        capabilities: Capabilities::all(),
    }
}

fn cases(way: Way) -> Cases {
    Cases {
        steps: match way {
            Way::Favouring => STEPS,
            Way::Loosely => LOOSE_STEPS,
            Way::Plainly => PLAIN_STEPS,
        },
        assumptions: Assumptions::default(),
        capabilities: Capabilities::all(),
        known: BTreeSet::new(),
        way,
    }
}

/// Searches all mutants, several at a time; what is known when each search begins is the same.
async fn search_all(
    options: &Options,
    mutants: &[(&'static Class, &'static Mutant)],
    way: Way,
    known: &Reached,
    told: &dyn Fn(&str),
) -> Vec<Measured> {
    let decks: Vec<_> = (0..options.trials)
        .map(|trial| Arc::new(Deck::new(options.seed + trial, cases(way), known.clone())))
        .collect();
    let pairs = mutants
        .iter()
        .flat_map(|(_, mutant)| decks.iter().map(move |deck| (*mutant, Arc::clone(deck))));
    let max_requests = options.max_requests;
    let mut searches = futures::stream::iter(pairs.map(|(mutant, deck)| {
        tokio::spawn(async move { search(mutant, &deck, max_requests).await })
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
        told(&measured_one.line());
        measured.push(measured_one);
    }
    measured
}

/// The cases of a run of one seed, each drawn once: they depend on the model alone, and are the same
/// for every mutant.
struct Deck {
    seed: u64,
    cases: Cases,
    drawn: Mutex<(Vec<Arc<Case>>, Reached)>,
}

impl Deck {
    fn new(seed: u64, cases: Cases, reached: Reached) -> Self {
        Self { seed, cases, drawn: Mutex::new((Vec::new(), reached)) }
    }

    fn way(&self) -> Way {
        self.cases.way
    }

    /// The cases that are known to come to a rule, the shortest first.
    fn ways_to(&self, rule: &'static str) -> Vec<Case> {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.1.ways_to(rule)
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

/// One search: cases until one shows the fault, or the requests are spent; then shrinking.
async fn search(mutant: &'static Mutant, deck: &Deck, max_requests: u64) -> Search {
    let begun = Instant::now();
    let target = Target::reference(Some(mutant));
    let mut options = options(deck.way());
    let mut search =
        Search { seed: deck.seed, requests: 0, cases: 0, microseconds: 0, found: None };
    while search.requests < max_requests {
        let case = deck.case(search.cases);
        search.cases += 1;
        let Ok(played) = play(&target, case.shape, &case.steps, &options).await else {
            // The world could not be set up, which shows nothing, but took requests all the same.
            search.requests += 1;
            continue;
        };
        if let ReadPolicy::NovelOnly(told) = &mut options.reads {
            Arc::make_mut(told).merge(played.told);
        }
        let Some(first) = played.findings.first() else {
            search.requests += played.requests;
            continue;
        };
        search.requests += first.requests;
        let mut findings = played.findings;
        if deck.way() == Way::Favouring {
            simplest_first(&case, &mut findings);
        }
        let mut proof = Proof {
            target: &target,
            // What the search has told already is looked at again here.
            options: PlayOptions { reads: ReadPolicy::AfterEachStep, ..options.clone() },
            deck,
            requests: 0,
        };
        search.found = proof.of_any(&case, &findings).await;
        break;
    }
    search.microseconds = micros(begun.elapsed());
    search
}

/// Puts those of a case's findings first that need the fewest steps, by the model.
fn simplest_first(case: &Case, findings: &mut [Finding]) {
    findings.sort_by_cached_key(|it| least_steps(case, it, Assumptions::default()));
}

/// The making of a counterexample from what a search found.
struct Proof<'a> {
    target: &'a Target,
    options: PlayOptions,
    deck: &'a Deck,
    /// The requests that it took so far.
    requests: u64,
}

impl Proof<'_> {
    /// The counterexample that the first of the findings shrinks to that is one.
    async fn of_any(&mut self, case: &Case, findings: &[Finding]) -> Option<Counterexample> {
        // Where a fault has changed the world, what is found later may not show by itself.
        for by_itself in [true, false] {
            for finding in findings {
                let found = self.of(case, finding, by_itself).await;
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// The counterexample that a finding shrinks to; nothing where it is none: it does not show again,
    /// or the unmutated target shows it too. Unless it has to show by itself, it may take the whole
    /// case.
    async fn of(
        &mut self,
        case: &Case,
        finding: &Finding,
        by_itself: bool,
    ) -> Option<Counterexample> {
        let mut shrunk = self.shrunk(case, finding).await?;
        if !shrunk.reproduced {
            let again = times_shown(self.target, &self.options, case, &finding.origin).await;
            let (seen, requests) = again.ok()?;
            self.requests += requests;
            if by_itself || seen * 2 <= FLAKY_TRIES {
                return None;
            }
        }
        // `check` reports what the shrunk case shows beside it, too: the shortest counts.
        let assumptions = self.options.assumptions;
        let (least, mut beside) = (shrunk.case.clone(), std::mem::take(&mut shrunk.beside));
        simplest_first(&least, &mut beside);
        for other in beside.iter().take(BESIDE) {
            let steps = shrunk.with_read(assumptions).steps.len();
            if least_steps(&least, other, assumptions) >= steps {
                break;
            }
            let again = self.shrunk(&least, other).await?;
            if again.reproduced && again.with_read(assumptions).steps.len() < steps {
                shrunk = again;
            }
        }
        let unmutated = Target::reference(None);
        let as_well = shows_again(&unmutated, &self.options, &shrunk.case, &shrunk.finding, 0);
        if as_well.await.ok()?.0 == Some(true) {
            return None;
        }
        let least = shrunk.with_read(assumptions);
        Some(Counterexample {
            rule: shrunk.finding.origin.rule,
            kind: shrunk.finding.origin.difference.as_str(),
            steps_to_find: finding.step + 1,
            steps: least.steps.len(),
            shrink_requests: self.requests,
            scenario: text_of(&least),
        })
    }

    async fn shrunk(&mut self, case: &Case, finding: &Finding) -> Option<Shrunk> {
        let Self { target, options, deck, .. } = self;
        let shrunk = match deck.way() {
            Way::Favouring | Way::Loosely => {
                let known = |rule| deck.ways_to(rule);
                shrink(target, options, case, finding, known, SHRINK_REQUESTS).await
            }
            Way::Plainly => {
                shrink_plainly(target, options, case, finding, PLAIN_SHRINK_REQUESTS).await
            }
        };
        let shrunk = shrunk.ok()?;
        self.requests += shrunk.requests;
        Some(shrunk)
    }
}

/// A case as the text of a scenario.
fn text_of(case: &Case) -> String {
    let items = case.steps.iter().cloned().map(Item::Step).collect();
    Scenario { shape: case.shape, assumptions: Assumptions::default(), items }.to_string()
}

impl Measured {
    fn of(class: &Class, mutant: &Mutant, searches: Vec<Search>) -> Self {
        let found: Vec<_> = searches.iter().filter_map(|search| search.found.as_ref()).collect();
        let requests = searches
            .iter()
            .map(|search| if search.found.is_some() { search.requests } else { u64::MAX });
        let requests_median = median(requests.collect()).filter(|median| *median < u64::MAX);
        let of = |figure: fn(&Counterexample) -> u64| {
            median(found.iter().map(|it| figure(it)).collect())
        };
        Self {
            name: mutant.name,
            class: class.name,
            rule: mutant.rule.name,
            killed: found.len(),
            trials: searches.len(),
            requests_median,
            steps_to_find_median: of(|it| it.steps_to_find as u64),
            steps: of(|it| it.steps as u64),
            minimum: mutant.minimum(),
            shrink_requests_median: of(|it| it.shrink_requests),
            searches,
        }
    }

    /// The figures in a line, for progress.
    fn line(&self) -> String {
        let shown =
            |figure: Option<u64>| figure.map_or_else(|| "-".to_owned(), |it| it.to_string());
        format!(
            "{}: found {} of {} times, {} requests, {} steps of {}, shrunk with {}",
            self.name,
            self.killed,
            self.trials,
            shown(self.requests_median),
            shown(self.steps),
            self.minimum,
            shown(self.shrink_requests_median)
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
impl Figures {
    fn of(mutants: &[Measured]) -> Self {
        let found = mutants.iter().filter(|it| it.requests_median.is_some()).count();
        let requests = mutants.iter().map(|it| {
            let given_up = it.searches.iter().map(|search| search.requests);
            it.requests_median.unwrap_or_else(|| given_up.max().unwrap_or_default())
        });
        let shrunk: Vec<(usize, &Counterexample)> = mutants
            .iter()
            .flat_map(|it| it.searches.iter().map(|search| (it.minimum, search)))
            .filter_map(|(minimum, search)| Some((minimum, search.found.as_ref()?)))
            .collect();
        let least = shrunk.iter().filter(|(minimum, it)| it.steps <= *minimum).count();
        let longer = shrunk.iter().filter(|(minimum, it)| it.steps > *minimum + 1).count();
        let shrinking = shrunk.iter().map(|(_, it)| it.shrink_requests).collect();
        Self {
            mutants: mutants.len(),
            found,
            found_percent: percent(found, mutants.len()),
            requests_median: median(requests.collect()).unwrap_or_default() as f64,
            at_minimum_percent: percent(least, shrunk.len()),
            longer_by_more_than_one: longer,
            longer_percent: percent(longer, shrunk.len()),
            shrink_requests_median: median(shrinking).unwrap_or_default() as f64,
        }
    }
}

/// The middle one of some figures; of two the lower.
fn median(mut figures: Vec<u64>) -> Option<u64> {
    figures.sort_unstable();
    figures.get(figures.len().saturating_sub(1) / 2).copied()
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn per_thousand(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 1000.0 / whole as f64 }
}

fn micros(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{median, percent};

    #[test]
    fn the_median_is_the_middle_one_or_the_lower_of_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 5]), Some(5));
        assert_eq!(median(vec![4, 1, 3, 2]), Some(2));
    }

    #[test]
    fn of_nothing_all_is_there() {
        assert!((percent(0, 0) - 100.0).abs() < f64::EPSILON);
        assert!((percent(1, 4) - 25.0).abs() < f64::EPSILON);
    }
}
