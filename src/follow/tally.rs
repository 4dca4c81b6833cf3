//! The result of following a history: per rule how often it held, and what contradicts it.

use std::collections::BTreeMap;

use bellwether_model::judge::{Difference, Divergence};
use bellwether_model::rules::{Evidence, Rule};

use crate::history::{Event, Place};
use crate::report::phrase;

/// The most operations that are not followed whose events are counted each.
const SKIPPED_MAX: usize = 1000;

/// The counts of a rule.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// The answers that the rule decided, and that conform.
    pub held: u64,
    /// The answers that contradict it.
    pub contradicted: u64,
    /// The answers that might contradict it, if it were known what they depend on.
    pub unjudged: u64,
}

/// A contradiction, with all others of the same rule, difference and operation.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The rule.
    pub rule: &'static Rule,
    /// The difference.
    pub difference: Difference,
    /// The operation whose answer it is.
    pub operation: &'static str,
    /// The expected part, as a phrase.
    pub expected: String,
    /// The observed part, as a phrase.
    pub observed: String,
    /// The place of the first of them.
    pub place: Place,
    /// The calls that led to the first, the last of which was answered so.
    pub calls: Vec<String>,
    /// The same as a scenario that the model contradicts in the same way, where one can be made.
    pub scenario: Option<String>,
    /// The number of them.
    pub count: u64,
}

/// What following a history has shown.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The events.
    pub events: u64,
    /// The events whose answers were judged.
    pub judged: u64,
    /// The events of operations that are not followed, by service and operation.
    pub skipped: BTreeMap<String, u64>,
    /// The events that were not judged, by reason.
    pub unjudged: BTreeMap<String, u64>,
    /// The rules.
    pub rules: BTreeMap<&'static str, Counts>,
    /// The contradictions, in the order in which they showed.
    pub contradictions: Vec<Contradiction>,
}

impl Tally {
    /// Counts an answer that conforms to a rule.
    pub(super) fn held(&mut self, rule: &'static Rule) {
        self.rules.entry(rule.name).or_default().held += 1;
    }

    /// Counts an answer by which a rule can't be judged.
    pub(super) fn undecided(&mut self, rule: &'static Rule) {
        self.rules.entry(rule.name).or_default().unjudged += 1;
    }

    /// Counts an event of an operation that is not followed.
    pub(super) fn skip(&mut self, event: &Event) {
        let mut called = format!("{} {}", event.service, event.operation);
        if self.skipped.len() >= SKIPPED_MAX && !self.skipped.contains_key(&called) {
            "others".clone_into(&mut called);
        }
        *self.skipped.entry(called).or_default() += 1;
    }

    /// Counts an event that is not judged.
    pub(super) fn leave(&mut self, reason: impl Into<String>) {
        *self.unjudged.entry(reason.into()).or_default() += 1;
    }

    /// Adds a contradiction; `explained` is made only for the first of its kind.
    pub(super) fn contradict(
        &mut self,
        divergence: &Divergence,
        operation: &'static str,
        place: &Place,
        explained: impl FnOnce() -> (Vec<String>, Option<String>),
    ) {
        self.rules.entry(divergence.rule.name).or_default().contradicted += 1;
        let (rule, difference) = (divergence.rule, divergence.difference);
        let same = |it: &&mut Contradiction| {
            it.rule.name == rule.name && it.difference == difference && it.operation == operation
        };
        if let Some(known) = self.contradictions.iter_mut().find(same) {
            known.count += 1;
            return;
        }
        let (calls, scenario) = explained();
        self.contradictions.push(Contradiction {
            rule,
            difference,
            operation,
            expected: phrase::expected(divergence),
            observed: phrase::observed(divergence),
            place: place.clone(),
            calls,
            scenario,
            count: 1,
        });
    }

    /// Whether a contradiction counts: one of an inferred rule does only if it is asked for.
    #[must_use]
    pub fn fails(&self, strict: bool) -> bool {
        let counts = |it: &Contradiction| strict || it.rule.evidence > Evidence::Inferred;
        self.contradictions.iter().any(counts)
    }
}
