//! Every counterexample is right to the letter: it parses, the model agrees with it, the unmutated
//! reference shows nothing in it, and the target that it was found on shows its divergence again.
//!
//! A part of the mutants is checked by default. `COUNTEREXAMPLES=all` checks every mutant with all
//! suites and 20 drawn cases each, and `COUNTEREXAMPLES=GLOB` those that match.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bellwether::capabilities::Capabilities;
use bellwether::check::{Options, Outcome, SHRINK_REQUESTS, check};
use bellwether::event::Silence;
use bellwether::predict::predict;
use bellwether::reference::mutants::{self, Mutant};
use bellwether::replay::replay;
use bellwether::run::{PlayOptions, ReadPolicy};
use bellwether::scenario::Parsed;
use bellwether::suites::{self, Suite};
use bellwether::target::Target;
use futures::StreamExt as _;
use globset::Glob;

/// Mutants of each class, and those whose counterexamples were once wrong.
const PART: [&str; 11] = [
    "acceptance-refused-yet-done",
    "accepted-twice",
    "association-never-shown",
    "feature-set-missing",
    "invitation-gone-once-answered",
    "invitation-made-by-creation-alone",
    "no-invitation-made",
    "own-and-foreign-in-one",
    "renaming-flaps",
    "repetition-refused",
    "unshareable-shared",
];

/// The topics of the suites that the part is checked with.
const TOPICS: [&str; 3] = ["invitations/", "lifecycle/", "permissions/"];

/// The mutants to check, the suites and how many drawn cases to check them with.
fn chosen() -> (Vec<&'static Mutant>, Vec<Suite>, u64) {
    let searched = mutants::all()
        .filter(|(class, mutant)| class.name != mutants::CONTROLS && mutant.equivalent.is_none());
    let searched = searched.map(|(_, mutant)| mutant);
    let mut suites = suites::all();
    match std::env::var("COUNTEREXAMPLES").as_deref() {
        Err(_) => {
            suites.retain(|suite| TOPICS.iter().any(|topic| suite.name.starts_with(topic)));
            (searched.filter(|it| PART.contains(&it.name)).collect(), suites, 2)
        }
        Ok(wanted) => {
            let glob = if wanted == "all" { "*" } else { wanted };
            let glob = Glob::new(glob).expect("COUNTEREXAMPLES is a glob").compile_matcher();
            suites.retain(|suite| !suite.asks());
            (searched.filter(|it| glob.is_match(it.name)).collect(), suites, 20)
        }
    }
}

fn options(suites: Vec<Suite>, cases: u64) -> Options {
    Options {
        seed: 1,
        cases,
        steps: 80,
        jobs: 1,
        max_requests: None,
        max_time: None,
        rule: None,
        suites,
        shard: (1, 1),
        fail_fast: false,
        shrink_requests: SHRINK_REQUESTS,
        cancelled: Arc::new(AtomicBool::new(false)),
    }
}

/// The sentences on what is wrong with a counterexample; none if it is right.
async fn wrong_with(mutant: &'static Mutant, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let parsed = match Parsed::read("counterexample.scenario", text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![format!("does not parse: {error}")],
    };
    for claim in predict(&parsed).claims.iter().filter(|claim| claim.holds != Some(true)) {
        wrong.push(format!("the model denies `{}`", claim.text));
    }
    let play = PlayOptions { reads: ReadPolicy::AfterEachStep, capabilities: Capabilities::all() };
    let on = |target: Target| {
        let (parsed, play) = (parsed.clone(), play.clone());
        async move { replay(&target, &parsed, &play).await.expect("the reference is in reach") }
    };
    let unmutated = on(Target::reference(None)).await;
    if unmutated.fails(true) || unmutated.inconclusive.is_some() {
        wrong.push("the unmutated reference is not silent".to_owned());
    }
    if !on(Target::reference(Some(mutant))).await.fails(true) {
        wrong.push("the mutant is silent".to_owned());
    }
    wrong
}

/// What a run against a mutant got wrong about it, and how many counterexamples it reported.
async fn checked(mutant: &'static Mutant, suites: Vec<Suite>, cases: u64) -> (Vec<String>, usize) {
    let target = Arc::new(Target::reference(Some(mutant)));
    let options = options(suites, cases);
    let outcome: Outcome =
        Box::pin(check(&target, &options, &Silence)).await.expect("the reference is in reach");
    let name = mutant.name;
    let mut wrong: Vec<String> = outcome
        .defects
        .iter()
        .map(|it| format!("{name}: {}: {}\n{}", it.id, it.why, it.scenario))
        .collect();
    for found in &outcome.divergences {
        let text = found.scenario.to_string();
        let why = wrong_with(mutant, &text).await;
        wrong.extend(why.iter().map(|why| format!("{name}: {}: {why}\n{text}", found.id())));
    }
    (wrong, outcome.divergences.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_counterexample_of_a_mutant_is_right() {
    let (mutants, suites, cases) = chosen();
    let is_part = mutants.len() == PART.len();
    assert!(!mutants.is_empty(), "COUNTEREXAMPLES matches no mutant");
    let runs = mutants.into_iter().map(|mutant| {
        let suites = suites.clone();
        tokio::spawn(async move { (mutant.name, checked(mutant, suites, cases).await) })
    });
    let jobs = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let mut runs = futures::stream::iter(runs).buffered(jobs);
    let (mut wrong, mut reported) = (Vec::new(), 0);
    while let Some(run) = runs.next().await {
        let (name, (found_wrong, count)) = run.expect("the run does not panic");
        anstream::println!("{name}: {count} counterexamples, {} wrong", found_wrong.len());
        // Drawn cases reach most mutants, suites of a few topics not all.
        assert!(count > 0 || !is_part, "{name} shows nothing");
        reported += count;
        wrong.extend(found_wrong);
    }
    anstream::println!("{reported} counterexamples, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
