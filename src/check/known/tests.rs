use std::sync::Arc;

use super::super::{Options, check};
use super::*;
use crate::event::Silence;
use crate::known::{FILE, Known};
use crate::levels::Level;
use crate::reference::{Faults, Planted, Settling, mutants};
use crate::report::{Report, human};
use crate::suites;

/// Checks the reference with these faults planted, by the suites about invitations and a few cases.
async fn run(mutants: &[&str], known: Known) -> (Outcome, Report) {
    let mutants: Vec<_> = mutants.iter().map(|name| mutants::find(name).unwrap()).collect();
    let planted = Planted::together(&mutants).unwrap();
    let target = Target::with_faults(planted, Settling::default(), Faults::default());
    let target = Arc::new(target);
    let mut suites = suites::all();
    suites.retain(|suite| suite.name.starts_with("invitations/"));
    let options = Options {
        cases: 4,
        steps: 50,
        jobs: 2,
        suites,
        known: Arc::new(known),
        ..Options::default()
    };
    let outcome = Box::pin(check(&target, &options, &Silence)).await.unwrap();
    let report = Report::of(&target, &options, &outcome, None);
    (outcome, report)
}

fn rules(outcome: &Outcome) -> Vec<&str> {
    outcome.divergences.iter().map(|found| found.rule().name).collect()
}

const ACCEPTED_ONCE: &str = "invitation/accepted-once";

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_what_it_wrote_finds_nothing_new_and_then_a_new_fault_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let planted = ["accepted-twice", "rejected-after-acceptance"];
    let (first, report) = run(&planted, Known::default()).await;
    assert!(rules(&first).contains(&ACCEPTED_ONCE), "{:?}", rules(&first));
    assert_eq!(report.verdict, "diverges");
    assert_eq!(Known::write(&path, &first.divergences).unwrap(), first.divergences.len());

    let (second, report) = run(&planted, Known::load(&path).unwrap()).await;
    assert_eq!(rules(&second), [""; 0]);
    assert!(second.known.iter().all(|it| it.state == State::Shows), "{:?}", report.known);
    assert_eq!((report.verdict, report.fails(true)), ("known", false));
    assert_eq!(report.rules[ACCEPTED_ONCE].state, "known");
    assert!(report.level < Some(Level::L3), "a known divergence is none the less one");
    let text = human::file(&report);
    assert!(text.contains(&format!("known       {ACCEPTED_ONCE} (wrongly-granted)")), "{text}");
    let in_a_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(in_a_line.contains("as it is known to, and not otherwise"), "{text}");

    let more = [planted[0], planted[1], "acceptance-without-effect"];
    let (third, report) = run(&more, Known::load(&path).unwrap()).await;
    assert_eq!(report.verdict, "diverges");
    assert!(!third.divergences.is_empty());
    assert!(!rules(&third).contains(&ACCEPTED_ONCE), "{:?}", rules(&third));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_divergence_is_gone_only_if_its_scenario_conforms_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let (first, _) = run(&["accepted-twice"], Known::default()).await;
    Known::write(&path, &first.divergences).unwrap();
    let (mended, report) = run(&[], Known::load(&path).unwrap()).await;
    assert!(mended.known.iter().all(|it| it.state == State::Gone), "{:?}", report.known);
    assert_eq!((report.verdict, report.gone().count()), ("conforms", mended.known.len()));
    let text = human::file(&report);
    assert!(text.contains(&format!("gone        {ACCEPTED_ONCE}")), "{text}");

    // Without an invitation nothing can be accepted twice.
    let (hidden, report) = run(&["no-invitation-made"], Known::load(&path).unwrap()).await;
    let is_untested = |it: &Followed| matches!(it.state, State::Untested(_));
    assert!(hidden.known.iter().all(is_untested), "{:?}", report.known);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_without_a_scenario_is_gone_once_its_operation_keeps_the_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let entry = "[[known]]\nrule = \"invitation/accepted-once\"\nkind = \"wrongly-granted\"\n\
        operation = \"AcceptResourceShareInvitation\"\n";
    std::fs::write(&path, entry).unwrap();
    let (kept, _) = run(&[], Known::load(&path).unwrap()).await;
    assert_eq!(kept.known[0].state, State::Gone);
    let (broken, report) = run(&["accepted-twice"], Known::load(&path).unwrap()).await;
    assert_eq!(broken.known[0].state, State::Shows);
    assert_eq!(report.verdict, "known");
}
