//! Mutants made by machine: how many are reached, triggered and detected.
//!
//! A mutant is reached once its operation was called with what the mutant is about, triggered once an answer
//! differed from that of the reference without it, which is asked the same, and detected if a divergence is
//! reported. What is not triggered is, for all that the generator draws, no mutant; what is triggered and not
//! detected, the harness is blind to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use futures::StreamExt as _;
use serde::Serialize;

use super::search::{Deck, search};
use super::{Counterexample, Options, Search, median, percent};
use crate::event::{Event, Listener};
use crate::reference::made::{self, Answers, Between, Effect, MadeMutant, OPERATORS};
use crate::target::Target;

/// The results of the searches of mutants made by machine.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// The number of mutants that the operators make.
    pub made: usize,
    /// The figures over those that were drawn.
    #[serde(flatten)]
    pub counts: Counts,
    /// The percentage of the drawn ones that were triggered.
    pub triggered_percent: f64,
    /// The percentage of the triggered ones that were detected.
    pub detected_percent: f64,
    /// The median of the requests to detect one; zero if none was.
    pub requests_median: u64,
    /// The figures of each operator, in the order of the operators.
    pub operators: Vec<OfOperator>,
    /// The mutants, in the order in which they were drawn.
    pub mutants: Vec<OfMutant>,
}

/// Numbers of mutants.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Drawn and searched.
    pub drawn: usize,
    /// Of these, reached.
    pub reached: usize,
    /// Of these, triggered.
    pub triggered: usize,
    /// Of these, detected.
    pub detected: usize,
}

/// The results of one operator.
#[derive(Clone, Debug, Serialize)]
pub struct OfOperator {
    /// Its name.
    pub name: &'static str,
    /// What a target with its mutants does.
    pub says: &'static str,
    /// The number of mutants that it makes.
    pub made: usize,
    /// The figures over those that were drawn.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The result of the search of one mutant.
#[derive(Clone, Debug, Serialize)]
pub struct OfMutant {
    /// Its name.
    pub name: String,
    /// Its parts.
    #[serde(flatten)]
    pub mutant: &'static MadeMutant,
    /// How far it came.
    pub outcome: Outcome,
    /// The requests until it was detected, or the search was given up.
    pub requests: u64,
    /// The counterexample, if it was detected.
    pub found: Option<Counterexample>,
}

/// How far a mutant came.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Its operation was not called with what it is about.
    NotReached,
    /// No answer differed.
    NotTriggered,
    /// An answer differed, and no divergence showed.
    NotDetected,
    /// A divergence showed, and not each time again.
    Flaky,
    /// What showed rests on the target's answer to an open question.
    Undecided,
    /// What showed failed its own check.
    Defect,
    /// A divergence was reported.
    Detected,
}

impl Outcome {
    fn of(effect: &Effect, search: &Search) -> Self {
        if search.found.is_some() {
            Self::Detected
        } else if !search.extra.is_empty() {
            Self::Defect
        } else if search.flaky > 0 {
            Self::Flaky
        } else if search.undecided > 0 {
            Self::Undecided
        } else if effect.is_triggered() {
            Self::NotDetected
        } else if effect.is_reached() {
            Self::NotTriggered
        } else {
            Self::NotReached
        }
    }

    /// The words of reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReached => "not reached",
            Self::NotTriggered => "not triggered",
            Self::NotDetected => "not detected",
            Self::Flaky => "flaky",
            Self::Undecided => "undecided",
            Self::Defect => "a defect",
            Self::Detected => "detected",
        }
    }
}

impl Counts {
    fn add(&mut self, outcome: Outcome) {
        self.drawn += 1;
        self.reached += usize::from(outcome > Outcome::NotReached);
        self.triggered += usize::from(outcome > Outcome::NotTriggered);
        self.detected += usize::from(outcome == Outcome::Detected);
    }
}

/// Searches the mutants that are asked for, if any are.
pub(super) async fn measure(options: &Options, listener: &dyn Listener) -> Option<Made> {
    if options.made == 0 {
        return None;
    }
    listener.tell(&Event::Note("searching mutants made by machine"));
    Some(search_made(options, listener).await)
}

/// Draws mutants and searches each once, several at a time, in the cases of the first seed. What the same cases
/// do not reach in the reference without a mutant, they do not reach in a mutant: it is not searched.
async fn search_made(options: &Options, listener: &dyn Listener) -> Made {
    let deck = Arc::new(Deck::of_first_seed(options));
    let drawn = made::draw(options.made, options.seed);
    let max_requests = options.max_requests;
    let answers = Arc::<Mutex<Answers>>::default();
    let witness = Target::behind("witness".to_owned(), Between::Witness(Arc::clone(&answers)));
    let whole = search(&witness, &deck, max_requests).await;
    let answers = answers.lock().map_or_else(|_| Answers::default(), |it| it.clone());
    let mut searches = futures::stream::iter(drawn.clone().into_iter().map(|mutant| {
        let (deck, effect) = (Arc::clone(&deck), Arc::<Effect>::default());
        let unreached = (!answers.may_reach(mutant)).then(|| whole.clone());
        tokio::spawn(async move {
            let between = Between::Mutant(mutant, Arc::clone(&effect));
            let target = Target::behind(mutant.to_string(), between);
            let search = match unreached {
                Some(whole) => whole,
                None => search(&target, &deck, max_requests).await,
            };
            (effect, search)
        })
    }))
    .buffered(options.jobs);
    let mut mutants = Vec::new();
    for mutant in drawn {
        let (effect, search) = match searches.next().await {
            Some(Ok(done)) => done,
            Some(Err(panic)) => std::panic::resume_unwind(panic.into_panic()),
            None => break,
        };
        let outcome = Outcome::of(&effect, &search);
        let (name, requests) = (mutant.to_string(), search.requests);
        let said = format!("{name}: {}, {requests} requests", outcome.as_str());
        listener.tell(&Event::Note(&said));
        for extra in &search.extra {
            listener.tell(&Event::Note(&format!("{name}: {extra}")));
        }
        mutants.push(OfMutant { name, mutant, outcome, requests, found: search.found });
    }
    Made::of(mutants)
}

impl Made {
    fn of(mutants: Vec<OfMutant>) -> Self {
        let mut counts = Counts::default();
        let mut by_operator: BTreeMap<&str, Counts> = BTreeMap::new();
        for it in &mutants {
            counts.add(it.outcome);
            by_operator.entry(it.mutant.operator.name).or_default().add(it.outcome);
        }
        let operators = OPERATORS.iter().map(|operator| OfOperator {
            name: operator.name,
            says: operator.says,
            made: made::all().iter().filter(|it| it.operator.name == operator.name).count(),
            counts: by_operator.get(operator.name).copied().unwrap_or_default(),
        });
        let detected = mutants.iter().filter(|it| it.outcome == Outcome::Detected);
        let requests = detected.map(|it| it.requests).collect();
        Self {
            made: made::all().len(),
            counts,
            triggered_percent: percent(counts.triggered, counts.drawn),
            detected_percent: percent(counts.detected, counts.triggered),
            requests_median: median(requests).unwrap_or_default(),
            operators: operators.collect(),
            mutants,
        }
    }

    /// The mutants that were not detected, those that the harness is blind to first; each with how far it
    /// came.
    pub(super) fn undetected(&self) -> Vec<(&str, Outcome)> {
        let left = self.mutants.iter().filter(|it| it.outcome != Outcome::Detected);
        let mut left: Vec<(&str, Outcome)> =
            left.map(|it| (it.name.as_str(), it.outcome)).collect();
        left.sort_by_key(|(name, outcome)| (std::cmp::Reverse(*outcome), *name));
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searched(place: usize, outcome: Outcome) -> OfMutant {
        let mutant = &made::all()[place];
        OfMutant { name: mutant.to_string(), mutant, outcome, requests: 7, found: None }
    }

    #[test]
    fn what_is_detected_is_triggered_and_what_is_triggered_is_reached() {
        let outcomes = [
            Outcome::Detected,
            Outcome::NotReached,
            Outcome::NotTriggered,
            Outcome::NotDetected,
            Outcome::Flaky,
        ];
        let mutants = (0..).zip(outcomes).map(|(place, it)| searched(place, it)).collect();
        let made = Made::of(mutants);
        let expected = Counts { drawn: 5, reached: 4, triggered: 3, detected: 1 };
        assert_eq!(made.counts, expected);
        assert!((made.triggered_percent - 60.0).abs() < f64::EPSILON);
        let sum = |of: fn(&Counts) -> usize| {
            made.operators.iter().map(|it| of(&it.counts)).sum::<usize>()
        };
        assert_eq!((sum(|it| it.drawn), sum(|it| it.detected)), (5, 1));
        assert_eq!(made.requests_median, 7);
    }

    #[test]
    fn what_the_harness_is_blind_to_is_listed_first() {
        let outcomes = [Outcome::NotReached, Outcome::Detected, Outcome::NotDetected];
        let mutants = (0..).zip(outcomes).map(|(place, it)| searched(place, it)).collect();
        let made = Made::of(mutants);
        let undetected: Vec<Outcome> = made.undetected().iter().map(|(_, it)| *it).collect();
        assert_eq!(undetected, [Outcome::NotDetected, Outcome::NotReached]);
    }
}
