//! Tests of runs against the embedded reference with planted and injected faults.

use std::sync::Arc;

use bellwether_model::judge::Difference;

use super::{Options, check};
use crate::event::Silence;
use crate::outcome::Outcome;
use crate::reference::planted::Planted;
use crate::reference::{Faults, Settling, mutants};
use crate::suites;
use crate::target::Target;

/// The result of a run that plays some suites, and draws some cases.
async fn outcome(target: Target, suite: &str, cases: u64) -> Outcome {
    let mut suites = suites::all();
    suites.retain(|it| it.name.starts_with(suite) && !it.asks());
    let options = Options { cases, steps: 30, jobs: 2, suites, ..Options::default() };
    Box::pin(check(&Arc::new(target), &options, &Silence)).await.unwrap()
}

/// The divergences of a run, each with its steps.
fn divergences(outcome: &Outcome) -> Vec<(&'static str, Difference, &'static str, usize)> {
    let found = outcome.divergences.iter();
    found
        .map(|it| {
            let origin = it.finding.origin();
            (origin.rule, origin.difference, origin.operation, it.steps())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_breakdown_is_found_under_its_own_name_and_nothing_beside_it() {
    let (crash, unreadable) = (Difference::Crash, Difference::Unreadable);
    for (mutant, suite, difference, operation, steps) in [
        ("closed-share-crashes", "organization/", crash, "CreateResourceShare", 1),
        ("renaming-crashes-once-done", "lifecycle/", crash, "UpdateResourceShare", 1),
        ("name-filter-hangs-up", "lifecycle/", crash, "GetResourceShares", 1),
        ("closed-share-unreadable", "organization/", unreadable, "CreateResourceShare", 1),
        ("name-filter-unreadable", "lifecycle/", unreadable, "GetResourceShares", 1),
    ] {
        let target = Target::reference(mutants::find(mutant));
        let outcome = outcome(target, suite, 0).await;
        let expected = [("target/answers", difference, operation, steps)];
        assert_eq!(divergences(&outcome), expected, "{mutant}");
        assert_eq!(outcome.inconclusive, 0, "{mutant}: {:?}", outcome.first_inconclusive);
        assert!(outcome.defects.is_empty(), "{mutant}: {:?}", outcome.defects);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_now_and_then_are_no_crash() {
    for faults in ["internal-error=10%,internal-error-after=5%,unavailable=10%", "garbage=10%"] {
        let faults: Faults = faults.parse().unwrap();
        let target = Target::with_faults(Planted::default(), Settling::default(), faults.clone());
        let outcome = outcome(target, "lifecycle/", 12).await;
        assert_eq!(divergences(&outcome), [], "{faults}");
        let doubted = outcome
            .flaky
            .iter()
            .map(|(it, ..)| it)
            .chain(outcome.unconfirmed.iter().map(|(it, _)| it));
        let doubted: Vec<_> = doubted
            .map(|it| it.finding.origin())
            .filter(|it| it.rule == "target/answers")
            .collect();
        assert!(doubted.is_empty(), "{faults}: {doubted:?}");
    }
}
