//! The suites: every scenario under this folder is held against the model.
//!
//! Each scenario parses, is written in the one canonical way, and claims what the model says; what
//! the model predicts for it is a snapshot. This is also the place where each suite is to be held
//! against the in-process reference target.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bellwether::predict::{Prediction, predict};
use bellwether::scenario::Parsed;
use bellwether::suites::all;
use bellwether_model::operations::OPERATIONS;
use bellwether_model::rules::{self, Decides, Evidence};
use insta::{Settings, assert_snapshot};

/// The topic of the scenarios that ask a target what no public source settles. They claim nothing.
const QUESTIONS: &str = "questions";

/// Rules that refuse what is never granted, so that nobody can be shown to keep to them.
const NEVER_KEPT: [(&str, &str); 3] = [
    (
        "permission/promoted-from-a-policy",
        "no call of the model brings about a permission that can be promoted",
    ),
    (
        "share/promoted-from-a-policy",
        "no call of the model brings about a share that can be promoted",
    ),
    ("target/answers", "it is about every call, so no expected answer cites it"),
];

/// A scenario file.
struct Suite {
    topic: String,
    name: String,
    text: String,
    parsed: Parsed,
}

impl Suite {
    /// The name of its snapshot.
    fn snapshot(&self) -> String {
        format!("{}__{}", self.topic, self.name)
    }

    fn predict(&self) -> Prediction {
        predict(&self.parsed)
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Lists a folder, in order.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the entry can be read").path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().expect("a listed path has a name");
    stem.to_string_lossy().into_owned()
}

/// The folders that hold no scenarios: scripts of clients and of a browser, an example of the library, schemas, and
/// set-ups to import.
const APART: [&str; 5] = ["browser", "clients", "library", "schemas", "setups"];

/// The folders of the topics.
fn topics() -> impl Iterator<Item = PathBuf> {
    let folders = listed(&root().join("suites")).into_iter().filter(|path| path.is_dir());
    folders.filter(|path| !APART.contains(&stem(path).as_str()))
}

/// All suites, in the order of their topics and names.
fn suites() -> Vec<Suite> {
    let mut suites = Vec::new();
    for folder in topics() {
        for path in listed(&folder) {
            let text = fs::read_to_string(&path).expect("a suite is text");
            let shown = path.strip_prefix(root()).unwrap_or(&path);
            let parsed = Parsed::read(&shown.to_string_lossy(), &text);
            let parsed = parsed.unwrap_or_else(|error| panic!("{:?}", miette::Report::new(error)));
            suites.push(Suite { topic: stem(&folder), name: stem(&path), text, parsed });
        }
    }
    suites
}

#[test]
fn every_file_of_a_topic_is_a_scenario_that_comes_with_the_program() {
    let embedded: BTreeSet<String> = all().into_iter().map(|suite| suite.name).collect();
    let mut found = BTreeSet::new();
    for folder in topics() {
        for file in listed(&folder) {
            let is_scenario = file.extension().is_some_and(|it| it == "scenario");
            assert!(is_scenario, "{} is not a scenario", file.display());
            found.insert(format!("{}/{}", stem(&folder), stem(&file)));
        }
    }
    assert_eq!(found, embedded, "name each folder in TOPICS of src/suites.rs");
}

#[test]
fn every_suite_says_what_it_shows_and_claims_something() {
    for suite in suites() {
        let file = &suite.parsed.file_name;
        assert!(!suite.parsed.scenario.description().is_empty(), "{file} begins with no comment");
        let claims = suite.predict().claims;
        let asks = suite.topic == QUESTIONS;
        assert_eq!(claims.is_empty(), asks, "{file} claims something, or asks a question");
    }
}

#[test]
fn every_suite_is_written_in_the_canonical_way() {
    for suite in suites() {
        let file = &suite.parsed.file_name;
        let canonical = suite.parsed.scenario.to_string();
        assert_eq!(suite.text, canonical, "{file} is not as it prints");
        let again = Parsed::read(file, &canonical).map(|parsed| parsed.scenario);
        assert_eq!(again.ok(), Some(suite.parsed.scenario), "{file}");
    }
}

#[test]
fn every_claim_of_every_suite_holds_in_the_model() {
    for suite in suites() {
        let prediction = suite.predict();
        assert!(prediction.claims_hold(), "{prediction}");
        for claim in &prediction.claims {
            assert_eq!(
                claim.holds,
                Some(true),
                "{}:{}: {}",
                prediction.file,
                claim.line,
                claim.text
            );
        }
    }
}

#[test]
fn the_examples_of_the_notation_page_are_scenarios_whose_claims_hold() {
    let page = fs::read_to_string(root().join("docs/notation.md")).expect("the page is there");
    let examples = page.split("```scenario\n").skip(1);
    let examples: Vec<_> = examples.filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= 2, "the page has examples");
    for example in examples {
        let parsed = Parsed::read("docs/notation.md", example);
        let prediction = predict(&parsed.unwrap_or_else(|error| panic!("{error}")));
        let holds = prediction.claims.iter().all(|claim| claim.holds == Some(true));
        assert!(holds && !prediction.claims.is_empty(), "{prediction}");
    }
}

#[test]
fn every_refusal_in_a_suite_is_claimed_and_no_answer_is_open() {
    for suite in suites().iter().filter(|suite| suite.topic != QUESTIONS) {
        let prediction = suite.predict();
        for step in &prediction.steps {
            let claims = &mut prediction.claims.iter();
            let place = format!("{}:{}: {}", prediction.file, step.line, step.text);
            assert!(!step.open, "{place} is open");
            let claimed = claims.any(|claim| claim.line == step.line);
            assert!(claimed || step.granted == Some(true), "{place} is refused");
        }
    }
}

#[test]
fn the_predictions_are_those_of_the_reviewed_snapshots() {
    for suite in suites() {
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(suite.parsed.scenario.description());
        settings.bind(|| assert_snapshot!(suite.snapshot(), suite.predict()));
    }
}

#[test]
fn every_snapshot_of_a_suite_belongs_to_one() {
    let suites = suites();
    let named: BTreeSet<String> = suites.iter().map(Suite::snapshot).collect();
    for path in listed(&root().join("snapshots")) {
        assert!(named.contains(&stem(&path)), "{} belongs to no suite", path.display());
    }
}

#[test]
fn every_operation_is_called_by_a_suite() {
    let suites = suites();
    let steps = suites.iter().flat_map(|suite| suite.parsed.scenario.steps());
    let called: BTreeSet<&str> = steps.map(|step| step.call.operation()).collect();
    let missing = OPERATIONS.iter().map(|info| info.name);
    let missing: Vec<&str> = missing.filter(|name| !called.contains(name)).collect();
    assert!(missing.is_empty(), "no suite calls {missing:?}");
}

#[test]
fn every_known_refusal_is_provoked_by_a_suite() {
    let mut reached: BTreeMap<&str, usize> = BTreeMap::new();
    for suite in suites() {
        for step in suite.predict().steps {
            for rule in step.rules {
                *reached.entry(rule).or_default() += 1;
            }
        }
    }
    for rule in rules::all() {
        let refuses = matches!(rule.decides, Decides::Refusal(_));
        if refuses && rule.evidence > Evidence::Open {
            assert!(reached.contains_key(rule.name), "{}: no suite breaks it", rule.name);
        }
    }
}

/// The rules that a suite shows to be kept: those by which calls are granted, and those of what
/// answers and accounts show.
fn kept(prediction: &Prediction) -> BTreeSet<&'static str> {
    let mut kept = BTreeSet::new();
    for step in prediction.steps.iter().filter(|step| step.granted == Some(true)) {
        kept.extend(&step.rules);
        kept.extend(&step.laws);
        kept.extend(step.fields.iter().map(|field| field.rule));
        for row in &step.rows {
            kept.insert(row.rule);
            kept.extend(row.fields.iter().map(|field| field.rule));
        }
        kept.extend(step.changes.iter().map(|change| change.appearance.rule));
    }
    kept.extend(prediction.claims.iter().filter_map(|claim| claim.rule));
    kept
}

#[test]
fn every_rule_that_is_known_is_kept_in_a_suite() {
    let predictions: Vec<Prediction> = suites().iter().map(Suite::predict).collect();
    let kept: BTreeSet<&str> = predictions.iter().flat_map(kept).collect();
    let steps = || predictions.iter().flat_map(|prediction| &prediction.steps);
    let granted: BTreeSet<&str> =
        steps().filter(|it| it.granted == Some(true)).map(|it| it.operation).collect();
    for rule in rules::all().filter(|rule| rule.evidence > Evidence::Open) {
        // Who keeps to a rule that refuses is granted what it asks for.
        let shown = match rule.decides {
            Decides::Refusal(_) => steps()
                .any(|step| step.rules.contains(&rule.name) && granted.contains(step.operation)),
            Decides::Grant | Decides::Reply | Decides::Visibility => kept.contains(rule.name),
        };
        let excused = NEVER_KEPT.iter().any(|(name, _)| *name == rule.name);
        assert!(shown != excused, "{}: a suite shows it kept, or a reason is given", rule.name);
    }
}

#[test]
fn every_open_rule_is_put_to_the_target_by_a_question() {
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for suite in suites().iter().filter(|suite| suite.topic == QUESTIONS) {
        let mut here: BTreeSet<&str> = BTreeSet::new();
        for step in suite.predict().steps {
            if step.open {
                here.extend(&step.rules);
            }
            here.extend(step.rows.iter().filter(|row| row.listed.is_none()).map(|row| row.rule));
        }
        let is_open =
            |name: &&str| rules::find(name).is_some_and(|it| it.evidence == Evidence::Open);
        here.retain(is_open);
        assert!(!here.is_empty(), "{} asks nothing", suite.parsed.file_name);
        asked.extend(here);
    }
    let open = rules::all().filter(|rule| rule.evidence == Evidence::Open);
    let unasked: Vec<&str> =
        open.map(|rule| rule.name).filter(|name| !asked.contains(name)).collect();
    assert!(unasked.is_empty(), "no scenario in suites/{QUESTIONS} asks {unasked:?}");
}
