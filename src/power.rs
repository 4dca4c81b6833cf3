//! Measures how strong the harness is: the planted faults that it finds, the requests that it
//! takes, the length of the counterexamples, and the false alarms.
//!
//! Suites are not played: they were written with the rules in mind, and would find by themselves
//! what the search is to find. Of them the draws know the shortest way to each rule, as those of
//! `check` do. Beside the search stands a baseline in the same run: the same model,
//! drawn from uniformly and shrunk by removal alone, as a stateful testing library does by itself.

mod alarms;
mod controls;
mod floors;
mod made;
mod recorded;
mod render;
mod search;
mod zoo;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use bellwether_model::Assumptions;
use serde::Serialize;

use crate::capabilities::Capabilities;
use crate::event::{Event, Listener};
use crate::explore::{Cases, Generator, STEPS, Tuning};
use crate::reference::mutants::{Class, Mutant};
use crate::run::{PlayOptions, ReadPolicy};
use crate::shrink::{PASSES, Pass, PassCounts};
use crate::suites;
use crate::target::TargetError;
use search::search_all;

pub use alarms::Alarms;
pub use controls::Control;
pub use floors::{FLOORS, Floors, FloorsError};
pub use made::{Counts, Made, OfMutant, OfOperator, Outcome};
pub use recorded::Recorded;
pub use render::{etna, human, markdown};
pub use zoo::{Zoo, ZooOptions, human_zoo, zoo};

/// The selection of measurements, and their limits.
#[derive(Clone, Debug)]
pub struct Options {
    /// The mutants to search, each with its class.
    pub mutants: Vec<(&'static Class, &'static Mutant)>,
    /// The number of searches of each, with seeds of their own.
    pub trials: u64,
    /// The first seed.
    pub seed: u64,
    /// A search ends without success once it has sent this number of requests.
    pub max_requests: u64,
    /// The number of searches that run at the same time.
    pub jobs: usize,
    /// The number of sequences of the unmutated target that may show false alarms, split over the
    /// conditions.
    pub sequences: u64,
    /// The number of mutants made by machine to draw, and to search once each.
    pub made: usize,
    /// Whether to measure the baseline.
    pub baseline: bool,
    /// Whether to check the controls: servers that share nothing in earnest.
    pub controls: bool,
    /// Whether to judge recordings of the mutants.
    pub recorded: bool,
    /// The tuning of the cases of the searches; the baseline has the default.
    pub tuning: Tuning,
    /// The names of passes of shrinking that are left out.
    pub without_passes: BTreeSet<&'static str>,
}

/// The steps of most sequences that may show false alarms.
pub const WEIGHTED_STEPS: usize = 40;
/// The steps of a case of the baseline.
pub const BASELINE_STEPS: usize = 20;

/// The figures of a run of `power`.
#[derive(Clone, Debug, Serialize)]
pub struct Power {
    /// The version of this shape.
    pub schema: u32,
    /// The version of Bellwether.
    pub bellwether: &'static str,
    /// The first seed.
    pub seed: u64,
    /// The number of searches of each mutant.
    pub trials: u64,
    /// The requests after which a search is given up.
    pub max_requests: u64,
    /// The duration of the whole run.
    pub seconds: f64,
    /// The mutants, in the order of the catalogue; equivalent ones are not searched.
    pub mutants: Vec<Measured>,
    /// The figures over all of them.
    pub figures: Figures,
    /// Mutants that no rule tells from AWS, each with why.
    pub equivalent: Vec<Equivalent>,
    /// The divergences that searches would have reported and that are not the planted fault's, each
    /// with its mutant and the reason.
    pub extra_divergences: Vec<String>,
    /// The counts of the passes of shrinking in all searches, in the order in which they run.
    pub passes: Vec<PassReport>,
    /// The results of mutants made by machine, if they were asked for.
    pub made: Option<Made>,
    /// The sequences of the unmutated target.
    pub sequences: u64,
    /// The sequences of a thousand that showed a divergence.
    pub false_alarms_per_1000: f64,
    /// The same in each condition.
    pub conditions: Vec<Alarms>,
    /// The results of the controls, if they were asked for.
    pub controls: Vec<Control>,
    /// What judging recordings has found, if that was asked for.
    pub recorded: Option<Recorded>,
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
    /// The factor of requests that it needs, in the median. A search that was given up counts as if
    /// it had found the fault there, so this is a lower bound.
    pub times_the_requests: f64,
}

/// The counts of a pass of shrinking in all searches.
#[derive(Clone, Debug, Serialize)]
pub struct PassReport {
    /// Its name.
    pub name: &'static str,
    /// Its description.
    pub says: &'static str,
    /// Its counts.
    #[serde(flatten)]
    pub counts: PassCounts,
}

/// A mutant that no rule distinguishes from AWS.
#[derive(Clone, Debug, Serialize)]
pub struct Equivalent {
    /// Its name.
    pub name: &'static str,
    /// The reason.
    pub why: &'static str,
}

/// The results of the searches of one mutant.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// Its name.
    pub name: &'static str,
    /// Its class.
    pub class: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// The number of searches that found it.
    pub killed: usize,
    /// The number of searches.
    pub trials: usize,
    /// The median of the requests to find it; `None` if the median search was given up.
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

/// The figures of one search.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// Its seed.
    pub seed: u64,
    /// The requests until the fault showed, or until it was given up.
    pub requests: u64,
    /// The cases that were drawn.
    pub cases: u64,
    /// The duration, shrinking included.
    pub microseconds: u64,
    /// The shortest counterexample, if there is one.
    pub found: Option<Counterexample>,
    /// The divergences that were reported, one of each origin.
    pub reported: usize,
    /// The findings that did not show again each time.
    pub flaky: usize,
    /// The findings that rest on the target's answer to an open question.
    pub undecided: usize,
    /// The divergences that would have been reported and are not the planted fault's: the unmutated
    /// reference shows them, or the model denies them. Each with the reason.
    pub extra: Vec<String>,
    /// The counts of the passes of shrinking.
    #[serde(skip)]
    pub passes: BTreeMap<&'static str, PassCounts>,
}

impl Search {
    /// A search of this seed that has not begun.
    fn new(seed: u64) -> Self {
        Self {
            seed,
            requests: 0,
            cases: 0,
            microseconds: 0,
            found: None,
            reported: 0,
            flaky: 0,
            undecided: 0,
            extra: Vec::new(),
            passes: BTreeMap::new(),
        }
    }
}

/// A counterexample.
#[derive(Clone, Debug, Serialize)]
pub struct Counterexample {
    /// The rule whose divergence is reported.
    pub rule: &'static str,
    /// The kind of divergence.
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
    /// The number of mutants that were searched.
    pub mutants: usize,
    /// The number of them that the median search found.
    pub found: usize,
    /// The same, of a hundred.
    pub found_percent: f64,
    /// The median over the mutants of the median requests to find each; a search that was given up
    /// counts with the requests until then.
    pub requests_median: f64,
    /// The percentage of counterexamples that have the known minimum of steps.
    pub at_minimum_percent: f64,
    /// The number of counterexamples with more than one step too many.
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
pub async fn measure(options: &Options, listener: &dyn Listener) -> Result<Power, TargetError> {
    let begun = Instant::now();
    let (equivalent, searched): (Vec<_>, Vec<_>) =
        options.mutants.iter().copied().partition(|(_, mutant)| mutant.equivalent.is_some());
    listener.tell(&Event::Note(&format!(
        "searching {} mutants, {} times each",
        searched.len(),
        options.trials
    )));
    let mutants = search_all(options, &searched, Generator::Guided, listener).await;
    let baseline = if options.baseline {
        listener.tell(&Event::Note("running the baseline"));
        Some(search_all(options, &searched, Generator::Uniform, listener).await)
    } else {
        None
    };
    let made = made::measure(options, listener).await;
    listener.tell(&Event::Note(&format!(
        "looking for false alarms in {} sequences",
        options.sequences
    )));
    let known = Arc::new(suites::seeded_search(&tuned(options, Generator::Guided)));
    let conditions = alarms::false_alarms(options, &known, listener).await;
    let alarms = conditions.iter().map(|it| it.alarms).sum();
    let sequences = conditions.iter().map(|it| it.sequences).sum();
    let mut controls = Vec::new();
    if options.controls {
        listener.tell(&Event::Note("checking the controls"));
        controls = controls::controls(options).await;
    }
    let recorded = if options.recorded {
        listener.tell(&Event::Note("judging recordings"));
        Some(recorded::measure(options).await?)
    } else {
        None
    };
    let figures = Figures::of(&mutants);
    let (extra, passes) = (extra_divergences(&mutants), pass_reports(&mutants));
    let baseline = baseline.map(|mutants| Baseline::of(mutants, &figures));
    Ok(Power {
        schema: crate::report::SCHEMA,
        bellwether: env!("CARGO_PKG_VERSION"),
        seed: options.seed,
        trials: options.trials,
        max_requests: options.max_requests,
        seconds: begun.elapsed().as_secs_f64(),
        mutants,
        figures,
        equivalent: equivalents(&equivalent),
        extra_divergences: extra,
        passes,
        made,
        sequences,
        false_alarms_per_1000: per_thousand(alarms, sequences),
        conditions,
        controls,
        recorded,
        baseline,
    })
}

impl Baseline {
    fn of(mutants: Vec<Measured>, guided: &Figures) -> Self {
        let figures = Figures::of(&mutants);
        let times_the_requests = figures.requests_median / guided.requests_median.max(1.0);
        Self { mutants, figures, times_the_requests }
    }
}

/// The mutants that no rule tells from AWS, each with the reason.
fn equivalents(mutants: &[(&Class, &'static Mutant)]) -> Vec<Equivalent> {
    let one = |(_, mutant): &(&Class, &'static Mutant)| {
        Some(Equivalent { name: mutant.name, why: mutant.equivalent? })
    };
    mutants.iter().filter_map(one).collect()
}

/// The extra divergences of all searches, each with its mutant.
fn extra_divergences(mutants: &[Measured]) -> Vec<String> {
    let of = |it: &Measured| {
        let each = it.searches.iter().flat_map(|search| &search.extra);
        each.map(|extra| format!("{}: {extra}", it.name)).collect::<Vec<_>>()
    };
    let mut extra: Vec<String> = mutants.iter().flat_map(of).collect();
    extra.dedup();
    extra
}

/// Returns the counts of the passes in all searches, in the order in which they run.
fn pass_reports(mutants: &[Measured]) -> Vec<PassReport> {
    let mut all: BTreeMap<&'static str, PassCounts> = BTreeMap::new();
    for search in mutants.iter().flat_map(|it| &it.searches) {
        search::add(&mut all, search.passes.clone());
    }
    let report = |pass: &Pass| PassReport {
        name: pass.name,
        says: pass.says,
        counts: all.get(pass.name).copied().unwrap_or_default(),
    };
    PASSES.iter().map(report).collect()
}

fn options(generator: Generator) -> PlayOptions {
    PlayOptions::new(
        match generator {
            Generator::Guided | Generator::Weighted => ReadPolicy::NovelOnly(Arc::default()),
            Generator::Uniform => ReadPolicy::AfterEachStep,
        },
        Capabilities::all(),
    )
}

fn cases(generator: Generator) -> Cases {
    Cases {
        steps: match generator {
            Generator::Guided => STEPS,
            Generator::Weighted => WEIGHTED_STEPS,
            Generator::Uniform => BASELINE_STEPS,
        },
        assumptions: Assumptions::default(),
        capabilities: Capabilities::all(),
        known: BTreeSet::new(),
        generator,
        tuning: Tuning::default(),
    }
}

/// The cases of the searches.
fn tuned(options: &Options, generator: Generator) -> Cases {
    let tuning =
        if generator == Generator::Guided { options.tuning.clone() } else { Tuning::default() };
    Cases { tuning, ..cases(generator) }
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
    fn a_percentage_of_nothing_is_a_hundred() {
        assert!((percent(0, 0) - 100.0).abs() < f64::EPSILON);
        assert!((percent(1, 4) - 25.0).abs() < f64::EPSILON);
    }
}
