//! The suites, drawn cases and planted faults, against the embedded reference target.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use bellwether::capabilities::Capabilities;
use bellwether::check::{Found, Options, Outcome, check};
use bellwether::event::Silence;
use bellwether::reference::mutants::{MUTANTS, Mutant};
use bellwether::reference::{Reference, Settling};
use bellwether::replay::replay;
use bellwether::report::Report;
use bellwether::run::{Looking, Manner};
use bellwether::serve::serve;
use bellwether::suites;
use bellwether::target::{AccountScheme, Bound, Connection, Target};
use bellwether_model::judge::Difference;
use bellwether_model::{Assumption, Assumptions};

mod unexercised;
use unexercised::UNEXERCISED;

fn reference(mutant: Option<&'static Mutant>) -> Target {
    target(Connection::in_process(mutant))
}

fn target(connection: Connection) -> Target {
    Target {
        name: "reference".to_owned(),
        arguments: "--target reference".to_owned(),
        connection,
        accounts: AccountScheme::AccessKey,
        bound: Bound::ZERO,
        assumptions: Assumptions::default(),
        process: None,
    }
}

fn options(cases: u64) -> Options {
    Options {
        seed: 1,
        cases,
        steps: 50,
        jobs: 2,
        max_requests: Some(20_000),
        max_time: None,
        rule: None,
        suites: suites::all(),
        shard: (1, 1),
        fail_fast: true,
        shrink_requests: 2_000,
        cancelled: Arc::new(AtomicBool::new(false)),
    }
}

async fn outcome(target: Target, options: &Options) -> Outcome {
    check(&Arc::new(target), options, &Silence).await.expect("the reference is in reach")
}

fn divergences(outcome: &Outcome) -> Vec<String> {
    let found = outcome.divergences.iter().map(|found| &found.finding);
    found.map(|finding| format!("{:?} {:?}", finding.origin, finding.divergence)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_suite_conforms_step_by_step_and_claim_by_claim() {
    let manner = Manner {
        assumptions: Assumptions::default(),
        looking: Looking::Everywhere,
        capabilities: Capabilities::all(),
    };
    for suite in suites::all() {
        let replayed = replay(&reference(None), suite.parsed(), &manner).await.unwrap();
        assert!(!replayed.fails(true), "{}: {replayed:#?}", suite.name);
        assert_eq!(replayed.inconclusive, None, "{}", suite.name);
        for line in &replayed.lines {
            let claim = line.text.starts_with('?');
            assert!(!claim || line.conforms == Some(true), "{}: {line:?}", suite.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rule_is_put_to_the_test_by_the_suites_alone() {
    let options = Options { max_requests: None, ..options(0) };
    let target = reference(None);
    let outcome = outcome(reference(None), &options).await;
    let report = Report::of(&target, &options, &outcome, None);
    let unexercised = report.rules.iter().filter(|(_, rule)| rule.state == "unexercised");
    let unexercised: BTreeSet<&str> = unexercised.map(|(name, _)| *name).collect();
    assert_eq!(unexercised, UNEXERCISED.map(|(name, _)| name).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn drawn_cases_conform_in_process() {
    let outcome = outcome(reference(None), &options(60)).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert!(outcome.capabilities.missing.is_empty(), "{:?}", outcome.capabilities);
    assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
}

#[tokio::test(flavor = "multi_thread")]
async fn drawn_cases_conform_under_every_assumption() {
    let assumptions = Assumption::ALL.into_iter().collect();
    let target = Target { assumptions, ..reference(None) };
    let outcome = outcome(target, &options(40)).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
}

/// A reference that shows everything late, within its bound.
fn late(settling: &str) -> Target {
    let settling: Settling = settling.parse().expect("it says how late");
    let bound = Bound::from(settling.longest() + Duration::from_secs(2));
    Target { bound, ..target(Connection::InProcess { mutant: None, settling }) }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_late_within_its_bound_conforms() {
    let ram = "association=0.4..3s,invitation=1s,share=0..1s,visibility=0..2s,permission=1s";
    for (settling, suites) in [(ram, suites::all()), ("thing=2s,visibility=1s", Vec::new())] {
        let outcome = outcome(late(settling), &Options { suites, ..options(8) }).await;
        assert_eq!(divergences(&outcome), Vec::<String>::new(), "{settling}");
        assert!(outcome.capabilities.missing.is_empty(), "{:?}", outcome.capabilities);
        assert_eq!(outcome.inconclusive, 0, "{:?}", outcome.first_inconclusive);
        let times = &outcome.tally.settling()["read/own-shares-listed"];
        assert!(times.iter().any(|time| *time > 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_after_its_bound_is_late() {
    let target = Target { bound: Bound::ZERO, ..late("association=1s") };
    let options = Options { suites: Vec::new(), ..options(20) };
    let outcome = outcome(target, &options).await;
    let shrunk = |found: &Found| {
        found.finding.origin.difference == Difference::Late && found.case.steps.len() == 1
    };
    assert!(outcome.divergences.iter().any(shrunk), "{:?}", divergences(&outcome));
}

#[tokio::test(flavor = "multi_thread")]
async fn drawn_cases_conform_over_http() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async {
        let _told = stopped.await;
    };
    let served = tokio::spawn(serve(Reference::new(), listener, shutdown));
    let over_http = target(Connection::to(&format!("http://{address}")));
    let outcome = outcome(over_http, &Options { suites: Vec::new(), ..options(10) }).await;
    assert_eq!(divergences(&outcome), Vec::<String>::new());
    assert_eq!(outcome.cases, 10);
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutant_is_found_and_shrinks_to_its_minimum() {
    for mutant in MUTANTS {
        let outcome = outcome(reference(Some(mutant)), &options(400)).await;
        let first = outcome.divergences.iter().map(|found| found.case.steps.len()).min();
        assert_eq!(first, Some(mutant.minimum), "{}: {:?}", mutant.name, divergences(&outcome));
        assert!(outcome.requests <= 20_000, "{}: {} requests", mutant.name, outcome.requests);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_finds_the_same_in_the_same_way() {
    let mutant = &MUTANTS[0];
    let run = || async {
        let outcome = outcome(reference(Some(mutant)), &options(20)).await;
        let found = outcome.divergences.iter();
        let shown = found.map(|found| (found.finding.origin.clone(), found.case.clone()));
        (shown.collect::<Vec<_>>(), outcome.requests)
    };
    assert_eq!(run().await, run().await);
}
