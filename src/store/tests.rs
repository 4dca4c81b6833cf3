//! Tests of the folder of a report.

use tempfile::TempDir;

use super::*;
use crate::capabilities::Capabilities;
use crate::reference::mutants;
use crate::run::{PlayOptions, ReadPolicy, play};
use crate::scenario::Scenario;
use crate::target::Target;

/// A divergence of a target that forgets updates of shares.
async fn found() -> Counterexample {
    let text = mutants::find("update-forgotten").unwrap().shown;
    let target = Target::reference(mutants::find("update-forgotten"));
    let case = Scenario::parse("a.scenario", text).unwrap().case().unwrap();
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    let played = play(&target, &case, &options).await.unwrap();
    Counterexample::unconfirmed(&case, &played.findings[0], 7)
}

fn files(folder: &TempDir) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
    names.map(|it| it.to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_finding_is_kept_as_not_confirmed_until_it_is() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let found = found().await;
    let file = format!("{}.scenario", found.id());
    store.keep_unconfirmed(&found.id(), &found, "it is being shrunk").unwrap();
    let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
    assert!(text.starts_with("# Not confirmed: it is being shrunk.\n"), "{text}");
    store.keep(&found.id(), &found).unwrap();
    let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
    assert_eq!(text, found.scenario.to_string());
    assert_eq!(files(&folder), [file], "nothing is left beside it");
}

#[tokio::test]
async fn what_was_found_under_another_id_is_replaced() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let found = found().await;
    store.keep_unconfirmed("another", &found, "it is being shrunk").unwrap();
    store.keep("another", &found).unwrap();
    assert_eq!(files(&folder), [format!("{}.scenario", found.id())]);
}

#[tokio::test]
async fn the_file_of_an_earlier_run_is_neither_overwritten_nor_removed_by_a_finding() {
    let folder = TempDir::new().unwrap();
    let found = found().await;
    Store::open(folder.path()).unwrap().keep("another", &found).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.keep_unconfirmed(&found.id(), &found, "it is being shrunk").unwrap();
    store.forget(&found.id());
    let (stored, unreadable) = store.stored().unwrap();
    assert_eq!((stored.len(), unreadable.len()), (1, 0));
    assert_eq!(stored[0].parsed.scenario, found.scenario);
    assert!(stored[0].is_shown_by(std::slice::from_ref(&found.finding)));
    assert!(!stored[0].is_shown_by(&[]));
}

#[test]
fn a_file_that_does_not_parse_is_named_and_others_are_read() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.write("a.scenario", "world nowhere\n").unwrap();
    store.write("b.scenario", "world standalone\n\nowner    CreateVpc -> vpc\n").unwrap();
    store.write("results.json", "{}").unwrap();
    let (stored, unreadable) = store.stored().unwrap();
    assert_eq!(stored.iter().map(|it| &it.name).collect::<Vec<_>>(), ["b"]);
    assert_eq!(unreadable, [folder.path().join("a.scenario")]);
}
