//! The mutants: each shows in its shortest scenario, and the controls earn nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use bellwether::capabilities::Capabilities;
use bellwether::check::{Options, check};
use bellwether::event::Silence;
use bellwether::reference::mutants::{self, Mutant};
use bellwether::report::Report;
use bellwether::run::{PlayOptions, ReadPolicy, play};
use bellwether::scenario::{Case, Scenario};
use bellwether::suites;
use bellwether::target::Target;
use bellwether_model::rules::{self, Rule};

/// The steps of the shortest scenario known to show a mutant.
fn shortest(mutant: &Mutant) -> Case {
    let scenario = Scenario::parse(mutant.name, mutant.shown);
    let scenario = scenario.unwrap_or_else(|error| panic!("{}: {error}", mutant.name));
    scenario.case().unwrap_or_else(|error| panic!("{}: {error}", mutant.name))
}

/// The rules whose divergences a play of some steps shows.
async fn broken(mutant: Option<&'static Mutant>, case: &Case) -> Vec<String> {
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    let played = play(&Target::reference(mutant), case, &options).await;
    let played = played.expect("the reference is in reach");
    let findings = played.findings.iter().chain(&played.suspects);
    findings.map(|finding| finding.origin().rule.to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutant_shows_in_its_shortest_scenario_and_in_none_of_its_parts() {
    let mut wrong = Vec::new();
    for (class, mutant) in mutants::all() {
        if mutant.equivalent.is_some() || class.name == mutants::CONTROLS {
            continue;
        }
        let name = mutant.name;
        let case = shortest(mutant);
        assert_eq!(case.steps().len(), mutant.minimum(), "{name}");
        let unmutated = broken(None, &case).await;
        let shown = broken(Some(mutant), &case).await;
        if !unmutated.is_empty() {
            wrong.push(format!("{name}: the unmutated target breaks {unmutated:?}"));
        }
        if !shown.contains(&mutant.rule.name.to_owned()) {
            wrong.push(format!("{name}: {} is not among {shown:?}", mutant.rule.name));
        }
        for place in 0..case.steps().len() {
            let mut fewer = case.steps().to_vec();
            let step = fewer.remove(place);
            let fewer = case.with_connected(fewer).expect("it names less");
            if !broken(Some(mutant), &fewer).await.is_empty() {
                wrong.push(format!("{name} shows without {step}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_topic_of_rules_has_a_mutant_that_breaks_one_of_them() {
    let topic = |rule: &Rule| rule.name.split('/').next().unwrap_or_default();
    let shown = mutants::all()
        .filter(|(class, mutant)| class.name != mutants::CONTROLS && mutant.equivalent.is_none());
    let broken: BTreeSet<_> = shown.map(|(_, mutant)| topic(mutant.rule)).collect();
    let topics: BTreeSet<_> = rules::all().map(topic).collect();
    let without: Vec<_> = topics.difference(&broken).collect();
    assert!(without.is_empty(), "no mutant breaks a rule of {without:?}");
}

#[test]
fn mutants_bear_names_of_their_own() {
    let names: BTreeSet<_> = mutants::all().map(|(_, mutant)| mutant.name).collect();
    assert_eq!(names.len(), mutants::all().count());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_control_conforms_only_in_what_it_implements() {
    let mut suites = suites::all();
    suites.retain(|suite| suite.name.starts_with("lifecycle/"));
    let options = Options {
        cases: 8,
        steps: 50,
        jobs: 2,
        max_requests: Some(4_000),
        suites,
        shrink_requests: 50,
        ..Options::default()
    };
    let mut wrong = Vec::new();
    for (_, mutant) in mutants::all().filter(|(class, _)| class.name == mutants::CONTROLS) {
        let target = Arc::new(Target::reference(Some(mutant)));
        let unreadable = matches!(mutant.name, "always-empty" | "always-an-empty-object");
        let outcome = match Box::pin(check(&target, &options, &Silence)).await {
            Ok(outcome) => outcome,
            Err(error) => {
                // What no client can read is found out before anything is judged.
                let told = error.to_string().contains("answers, but not as AWS does");
                if !unreadable || !told {
                    wrong.push(format!("{}: {error}", mutant.name));
                }
                continue;
            }
        };
        let report = Report::of(&target, &options, &outcome, None);
        let rules = report.rules.iter().filter(|(_, rule)| rule.state == "conforms");
        // A server that does nothing answers all the same.
        let earned: Vec<_> =
            rules.map(|(name, _)| *name).filter(|name| *name != "target/answers").collect();
        let (says, nothing) = match mutant.name {
            "always-refuses" => ("it refuses every call", true),
            _ if unreadable => ("it grants every call", true),
            "owner-alone" => ("it shows no account what belongs to another", false),
            "everything-to-everybody" => ("it shows accounts what belongs to others", false),
            other => panic!("{other}: say here what the report says of it"),
        };
        let whole = report.systemic.unwrap_or_default();
        if report.verdict == "conforms" || !whole.starts_with(says) {
            wrong.push(format!("{}: {}, {whole:?}", mutant.name, report.verdict));
        }
        let hidden = earned.iter().any(|name| name.starts_with("visibility/hidden"));
        if hidden || (nothing && !earned.is_empty()) {
            wrong.push(format!("{} earned {earned:?}", mutant.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
