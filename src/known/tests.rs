use bellwether_model::rules::invitation;

use super::*;
use crate::capabilities::Capabilities;
use crate::counterexample::scenarios;
use crate::reference::mutants;
use crate::run::{PlayOptions, ReadPolicy, play};
use crate::scenario::Scenario;
use crate::target::Target;

const ENTRY: &str = "[[known]]
rule = \"invitation/accepted-once\"
kind = \"wrongly-granted\"
operation = \"AcceptResourceShareInvitation\"
";

fn parse(text: &str) -> Result<Known, Box<Malformed>> {
    Known::parse(Path::new("test.toml"), text)
}

/// The first divergence that a mutant shows in the scenario that is known to show it.
async fn found(mutant: &str) -> Counterexample {
    let mutant = mutants::find(mutant).unwrap();
    let target = Target::reference(Some(mutant));
    let case = Scenario::parse("a.scenario", mutant.shown).unwrap().case().unwrap();
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    let played = play(&target, &case, &options).await.unwrap();
    let finding = played.findings.first().expect("it shows").clone();
    let (case, finding, mut written) = scenarios(&case, &finding);
    let scenario = written.swap_remove(0);
    Counterexample {
        finding,
        case,
        scenario,
        requests_to_find: 0,
        requests_to_shrink: 0,
        rate: None,
    }
}

#[test]
fn an_entry_needs_a_rule_a_kind_and_an_operation_alone() {
    let known = parse(ENTRY).unwrap();
    let [entry] = known.entries() else { panic!("one entry was written") };
    assert_eq!(entry.rule, &invitation::ACCEPTED_ONCE);
    assert_eq!(entry.kind, Difference::WronglyGranted);
    assert_eq!((entry.role, &entry.field, entry.of_type), (None, &None, None));
    assert!(parse("").unwrap().entries().is_empty());
}

#[test]
fn a_mistake_is_refused_with_its_place_and_the_nearest_word() {
    for (wrong, right, help) in [
        (
            "invitation/accepted-once",
            "invitation/acepted-once",
            "did you mean invitation/accepted-once?",
        ),
        ("wrongly-granted", "wrongly-grantd", "did you mean wrongly-granted?"),
        ("wrongly-granted", "zzz", "expected one of leak, wrongly-granted"),
        ("AcceptResourceShareInvitation", "zzz", "`bellwether list operations`"),
    ] {
        let error = parse(&ENTRY.replace(wrong, right)).unwrap_err();
        assert!(error.help.contains(help), "{}", error.help);
        assert!(error.cause.contains(right), "{}", error.cause);
        assert!(error.span.is_some());
    }
    for (added, cause) in [
        ("role = \"onwer\"\n", "there is no role \"onwer\""),
        ("type = \"ec2:Subnets\"\n", "there is no type \"ec2:Subnets\""),
        ("resaon = \"a typo\"\n", "unknown field `resaon`"),
        ("scenario = \"world nowhere\"\n", "scenario: "),
    ] {
        let error = parse(&format!("{ENTRY}{added}")).unwrap_err();
        assert!(error.cause.contains(cause), "{}", error.cause);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_about_its_rule_kind_and_operation_and_what_narrows_it() {
    let found = found("accepted-twice").await;
    let is_about = |added: &str| {
        let known = parse(&format!("{ENTRY}{added}")).unwrap();
        known.position(&found.case, &found.finding).is_some()
    };
    assert!(is_about(""));
    let role = found.finding.origin().role;
    for other in Role::ALL {
        assert_eq!(is_about(&format!("role = \"{other}\"\n")), other == role, "{other}");
    }
    assert!(!is_about("field = \"status\"\n"), "it is about no field");
    assert!(!is_about("type = \"ec2:Subnet\"\n"), "it is about no resource");
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_adds_what_is_new_and_keeps_reasons_and_comments() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let (first, second) = (found("accepted-twice").await, found("update-forgotten").await);
    assert_eq!(Known::write(&path, std::slice::from_ref(&first)).unwrap(), 1);
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with(HEAD), "{written}");
    let reasoned = written.replace("reason = \"\"", "reason = \"accepted\" # by us");
    std::fs::write(&path, &reasoned).unwrap();
    let both = [first, second];
    assert_eq!(Known::write(&path, &both).unwrap(), 1);
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with(&reasoned), "{written}");
    assert!(written[reasoned.len()..].contains("reason = \"\""), "{written}");
    assert_eq!(Known::write(&path, &both).unwrap(), 0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written, "nothing is new");
    let known = Known::load(&path).unwrap();
    for (place, found) in both.iter().enumerate() {
        assert_eq!(known.position(&found.case, &found.finding), Some(place));
        let scenario = known.entries()[place].scenario.as_ref().map(|it| it.scenario.to_string());
        assert_eq!(scenario, Some(found.scenario.to_string()));
    }
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "no other file is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_written_as_an_inline_array_are_added_to() {
    let found = found("accepted-twice").await;
    let text = with_entries(Path::new("test.toml"), "known = []\n", &[&found]).unwrap();
    assert_eq!(parse(&text).unwrap().entries().len(), 1, "{text}");
}

#[test]
fn draws_leave_out_every_role_unless_one_is_named_and_none_for_a_type() {
    let origins = |added: &str| {
        let known = parse(&format!("{ENTRY}{added}")).unwrap();
        known.entries()[0].origins().count()
    };
    assert_eq!(origins(""), Role::ALL.len());
    assert_eq!(origins("role = \"consumer\"\n"), 1);
    assert_eq!(origins("type = \"ec2:Subnet\"\n"), 0);
}
