//! Every counterexample is right to the letter: it parses, the model agrees with it, the unmutated
//! reference shows nothing in it, and the target that it was found on shows its divergence again.
//!
//! By default a few mutants are checked with a few suites. `COUNTEREXAMPLES=part` checks more of them, as
//! `.ci/run` does; `COUNTEREXAMPLES=all` every mutant with all suites and 20 drawn cases each, and
//! `COUNTEREXAMPLES=GLOB` those whose names match.

use std::sync::Arc;

use bellwether::capabilities::Capabilities;
use bellwether::check::{Options, check};
use bellwether::counterexample::Counterexample;
use bellwether::event::Silence;
use bellwether::outcome::Outcome;
use bellwether::predict::predict;
use bellwether::reference::mutants::{self, Mutant};
use bellwether::replay::replay;
use bellwether::run::{PlayOptions, ReadPolicy};
use bellwether::scenario::Parsed;
use bellwether::suites::{self, Suite};
use bellwether::target::Target;
use futures::StreamExt as _;
use globset::Glob;

/// Mutants whose counterexamples were once wrong, each in another way.
const FEW: [&str; 3] =
    ["feature-set-missing", "invitation-gone-once-answered", "repetition-refused"];

/// More of them, and some that shrink in other ways.
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

/// The mutants to check, and with what.
struct Chosen {
    mutants: Vec<&'static Mutant>,
    suites: Vec<Suite>,
    /// The number of drawn cases.
    cases: u64,
    /// Whether each of the mutants is known to show in these suites.
    all_show: bool,
}

fn chosen() -> Chosen {
    let searched = mutants::all()
        .filter(|(class, mutant)| class.name != mutants::CONTROLS && mutant.equivalent.is_none());
    let searched = searched.map(|(_, mutant)| mutant);
    let of_topics = |topics: &[&str]| {
        let mut suites = suites::all();
        suites.retain(|suite| topics.iter().any(|topic| suite.name.starts_with(topic)));
        suites
    };
    match std::env::var("COUNTEREXAMPLES").as_deref() {
        Err(_) => Chosen {
            mutants: searched.filter(|it| FEW.contains(&it.name)).collect(),
            suites: of_topics(&["invitations/accepted", "lifecycle/created", "lifecycle/repeated"]),
            cases: 0,
            all_show: false,
        },
        Ok("part") => Chosen {
            mutants: searched.filter(|it| PART.contains(&it.name)).collect(),
            suites: of_topics(&["invitations/", "lifecycle/", "permissions/"]),
            cases: 2,
            all_show: true,
        },
        Ok(wanted) => {
            let glob = if wanted == "all" { "*" } else { wanted };
            let glob = Glob::new(glob).expect("COUNTEREXAMPLES is a glob").compile_matcher();
            let mut suites = suites::all();
            suites.retain(|suite| !suite.asks());
            let mutants = searched.filter(|it| glob.is_match(it.name)).collect();
            Chosen { mutants, suites, cases: 20, all_show: false }
        }
    }
}

fn options(suites: Vec<Suite>, cases: u64) -> Options {
    Options { cases, suites, ..Options::default() }
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
    let play = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
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

/// Returns the errors of a run against a mutant, and the steps of each counterexample that it
/// reported.
async fn checked(
    mutant: &'static Mutant,
    suites: Vec<Suite>,
    cases: u64,
) -> (Vec<String>, Vec<usize>) {
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
    (wrong, outcome.divergences.iter().map(Counterexample::steps).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_counterexample_of_a_mutant_is_right() {
    let Chosen { mutants, suites, cases, all_show } = chosen();
    assert!(!mutants.is_empty(), "COUNTEREXAMPLES matches no mutant");
    let runs = mutants.into_iter().map(|mutant| {
        let suites = suites.clone();
        tokio::spawn(async move { (mutant.name, checked(mutant, suites, cases).await) })
    });
    let jobs = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let mut runs = futures::stream::iter(runs).buffered(jobs);
    let (mut wrong, mut reported) = (Vec::new(), 0);
    while let Some(run) = runs.next().await {
        let (name, (found_wrong, steps)) = run.expect("the run does not panic");
        let (count, longest) = (steps.len(), steps.iter().max().unwrap_or(&0));
        let wrongs = found_wrong.len();
        anstream::println!(
            "{name}: {count} counterexamples of up to {longest} steps, {wrongs} wrong"
        );
        assert!(count > 0 || !all_show, "{name} shows nothing");
        reported += count;
        wrong.extend(found_wrong);
    }
    anstream::println!("{reported} counterexamples, {} wrong", wrong.len());
    assert!(reported > 0, "nothing was checked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
