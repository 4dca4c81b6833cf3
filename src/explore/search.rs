//! The search state while a run draws its cases: coverage, corpus, and steps per topic.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::Name;
use bellwether_model::operations::{OPERATIONS, OperationInfo, Topic};

use super::Cases;
use super::corpus::Corpus;
use super::coverage::Coverage;
use super::nouns::Nouns;
use super::prepared::Prepared;
use super::steps::next_name;
use super::tuning::{SUITES, Tuning};
use crate::scenario::{Case, Step};

/// The state of a search, from which each case of a run is drawn, and which it adds to.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub(super) coverage: Coverage,
    pub(super) corpus: Corpus,
    /// The number of steps about each topic.
    topics: BTreeMap<Topic, u32>,
    /// What is known of each operation, by its place.
    operations: Vec<Known>,
}

/// The knowledge of an operation.
#[derive(Copy, Clone, Debug, Default)]
struct Known {
    /// The nouns of the resources that calls of it have named.
    named: Nouns,
    /// The number of walks aimed at it that were not kept.
    failed_aims: usize,
}

/// Returns the steps without claims, each resource that they make with a name: those that have none
/// get the next one of their kind.
fn named(steps: Vec<Step>) -> Vec<Prepared> {
    let mut names: BTreeSet<Name> = steps.iter().filter_map(|step| step.made.clone()).collect();
    let mut one = |step: Step| {
        let noun = step.call.makes();
        let made = step.made.or_else(|| (!noun.is_empty()).then(|| next_name(&names, noun)));
        names.extend(made.clone());
        Prepared::new(Step::new(step.actor, step.call, made))
    };
    steps.into_iter().map(&mut one).collect()
}

impl Search {
    /// A search that has reached nothing yet, with a corpus of these scenarios.
    #[must_use]
    pub fn seeded_from(cases: &Cases, scenarios: impl IntoIterator<Item = Case>) -> Self {
        if !cases.tuning.has(&SUITES) {
            return Self::default();
        }
        let mut corpus = Corpus::default();
        for case in scenarios {
            corpus.learn_all(cases, case.shape(), &named(case.into_steps()));
        }
        Self { corpus, ..Self::default() }
    }

    /// Returns the cases of the corpus whose last step reaches a rule, the shortest first.
    #[must_use]
    pub fn cases_reaching(&self, rule: &'static str) -> Vec<Case> {
        self.corpus.reaching(rule)
    }

    /// Records a case that begins.
    pub(super) fn begin_case(&mut self, tuning: &Tuning) {
        if self.coverage.begin_case(tuning) {
            self.corpus.reset_bounds();
        }
    }

    fn known(&self, operation: &OperationInfo) -> Known {
        self.operations.get(operation.place).copied().unwrap_or_default()
    }

    fn known_mut(&mut self, operation: &OperationInfo) -> &mut Known {
        self.operations.resize(OPERATIONS.len(), Known::default());
        &mut self.operations[operation.place]
    }

    /// Returns the nouns of the resources that calls of an operation have named.
    pub(super) fn named_by(&self, operation: &OperationInfo) -> Nouns {
        self.known(operation).named
    }

    /// Records the nouns of the resources that a call of an operation names.
    pub(super) fn add_named(&mut self, operation: &OperationInfo, nouns: Nouns) {
        let known = self.known_mut(operation);
        known.named = known.named.with(nouns);
    }

    /// Returns how many walks aimed at an operation were not kept.
    pub(super) fn failed_aims(&self, operation: &OperationInfo) -> usize {
        self.known(operation).failed_aims
    }

    /// Records a walk that was aimed at an operation, and whether it was not kept.
    pub(super) fn add_aim(&mut self, operation: &OperationInfo, failed: bool) {
        let count = &mut self.known_mut(operation).failed_aims;
        *count = if failed { *count + 1 } else { *count / 2 };
    }

    /// Returns how many steps were about a topic.
    pub(super) fn of_topic(&self, topic: Topic) -> u32 {
        self.topics.get(&topic).copied().unwrap_or_default()
    }

    /// Records the topic of a step.
    pub(super) fn add_topic(&mut self, topic: Topic) {
        *self.topics.entry(topic).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::rules::permission;

    use super::*;
    use crate::explore::tests::cases;
    use crate::scenario::Scenario;

    #[test]
    fn the_corpus_is_seeded_from_a_scenario() {
        let text = include_str!("../../suites/permissions/five-versions.scenario");
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let case = scenario.case().unwrap();
        let search = Search::seeded_from(&cases(), [case.clone()]);
        let shortest = search.cases_reaching(permission::FIVE_VERSIONS.name).remove(0);
        let operations = shortest.steps().iter().map(|it| it.call.operation());
        let mut expected = vec!["CreatePermissionVersion"; 6];
        expected[0] = "CreatePermission";
        assert_eq!(operations.collect::<Vec<_>>(), expected);
        let cases = Cases { tuning: Tuning::without(&["suites"]).unwrap(), ..cases() };
        let search = Search::seeded_from(&cases, [case]);
        assert!(search.cases_reaching(permission::FIVE_VERSIONS.name).is_empty());
    }
}
