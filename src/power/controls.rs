//! Controls: checks of servers that share nothing in earnest, which must not pass.

use std::sync::Arc;

use serde::Serialize;

use super::Options;
use crate::check::{self, check};
use crate::event::Silence;
use crate::reference::mutants::{self, Mutant};
use crate::report::Report;
use crate::suites;
use crate::target::{Target, TargetError};

/// The result of one control.
#[derive(Clone, Debug, Serialize)]
pub struct Control {
    /// Its name.
    pub name: &'static str,
    /// Its description.
    pub description: &'static str,
    /// The verdict.
    pub verdict: &'static str,
    /// The sentence that a report begins with.
    pub says: Option<String>,
    /// The rules that conform.
    pub conforms: Vec<&'static str>,
    /// The number of rules that diverge.
    pub diverges: usize,
}

/// The cases that each is checked with.
const CASES: u64 = 8;
/// The requests that each is checked with at most.
const REQUESTS: u64 = 4_000;
/// The requests that shrinking one divergence may take: the shrunk case does not matter here.
const SHRINK_REQUESTS: u64 = 50;
/// The topic of the suites that each is checked with.
const TOPIC: &str = "lifecycle/";

/// Checks each of them.
pub(super) async fn controls(options: &Options) -> Vec<Control> {
    let mut said = Vec::new();
    for (_, mutant) in mutants::all().filter(|(class, _)| class.name == mutants::CONTROLS) {
        said.push(control(options, mutant).await);
    }
    said
}

/// Returns the result of a server that is rejected before any rule is judged.
fn rejected_before_judging(mutant: &Mutant, error: &TargetError) -> Control {
    Control {
        name: mutant.name,
        description: mutant.description,
        verdict: "rejected before judging",
        says: Some(error.to_string()),
        conforms: Vec::new(),
        diverges: 0,
    }
}

async fn control(options: &Options, mutant: &'static Mutant) -> Control {
    let mut suites = suites::all();
    suites.retain(|suite| suite.name.starts_with(TOPIC));
    let options = check::Options {
        seed: options.seed,
        cases: CASES,
        jobs: options.jobs,
        max_requests: Some(REQUESTS),
        suites,
        shrink_requests: SHRINK_REQUESTS,
        ..check::Options::default()
    };
    let target = Arc::new(Target::reference(Some(mutant)));
    let outcome = match Box::pin(check(&target, &options, &Silence)).await {
        Ok(outcome) => outcome,
        Err(error) => return rejected_before_judging(mutant, &error),
    };
    let report = Report::of(&target, &options, &outcome, None);
    let in_state = |state: &str| {
        let rules = report.rules.iter().filter(|(_, rule)| rule.state == state);
        rules.map(|(name, _)| *name).collect::<Vec<_>>()
    };
    Control {
        name: mutant.name,
        description: mutant.description,
        verdict: report.verdict,
        conforms: in_state("conforms"),
        diverges: in_state("diverges").len(),
        says: report.systemic,
    }
}
