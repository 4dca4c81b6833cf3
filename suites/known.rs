//! Known divergences on the command line: written, read back, and behind them new ones found.

use std::fs;

use serde_json::Value;

use super::{CONFORMS, DIVERGES, Place, Ran, USAGE, check_all};

const FILE: &str = "bellwether.known.toml";

/// Checks the reference with these faults planted.
fn run(place: &Place, mutants: &str, options: &str) -> Ran {
    let planted = if mutants.is_empty() { String::new() } else { format!("--mutant {mutants}") };
    place.run(&format!("check {planted} --suite invitations/* --cases 4 {options}"))
}

fn named<'a>(result: &'a Value, list: &str) -> Vec<&'a str> {
    let rows = result[list].as_array().unwrap();
    rows.iter().map(|row| row["rule"].as_str().unwrap()).collect()
}

#[test]
fn known_divergences_do_not_fail_a_run_and_a_new_one_behind_them_does() {
    let place = Place::new();
    let planted = "accepted-twice,rejected-after-acceptance";
    let ran = run(&place, planted, &format!("--write-known {FILE}")).ends_with(DIVERGES);
    assert!(ran.err.contains(&format!("known divergences to {FILE}")), "{}", ran.show());
    let path = place.path().join(FILE);
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replacen("reason = \"\"", "reason = \"accepted for now\"", 1);
    let text = text.replacen("link = \"\"", "link = \"https://example.com/1\"", 1);
    fs::write(&path, text).unwrap();

    let ran = run(&place, planted, &format!("--known {FILE}")).ends_with(CONFORMS);
    for said in ["known       invitation/accepted-once", "accepted for now", "example.com/1"] {
        assert!(ran.out.contains(said), "no {said:?} in\n{}", ran.show());
    }
    let ran = run(&place, planted, &format!("--known {FILE} --strict-known --format json"));
    let result = ran.ends_with(CONFORMS).json();
    assert_eq!(result["verdict"], "known");
    assert_eq!(named(&result, "divergences"), [""; 0]);
    assert_eq!(result["rules"]["invitation/accepted-once"]["state"], "known");
    let states = result["known"].as_array().unwrap().iter();
    assert!(states.clone().count() >= 1, "{result}");
    assert!(states.map(|it| &it["state"]).all(|state| state == "shows"), "{result}");

    let more = format!("{planted},acceptance-without-effect");
    let ran = run(&place, &more, &format!("--known {FILE} --format json")).ends_with(DIVERGES);
    let result = ran.json();
    let new = named(&result, "divergences");
    assert!(!new.is_empty() && !new.contains(&"invitation/accepted-once"), "{new:?}");

    let known = fs::read_to_string(&path).unwrap();
    let options = format!("--known {FILE} --write-known {FILE}");
    run(&place, &more, &options).ends_with(DIVERGES);
    let updated = fs::read_to_string(&path).unwrap();
    assert!(updated.starts_with(&known), "what was written stays as it was:\n{updated}");
    run(&place, &more, &format!("--known {FILE}")).ends_with(CONFORMS);
}

#[test]
fn what_no_longer_shows_is_named_and_fails_if_that_is_asked_for() {
    let place = Place::new();
    run(&place, "accepted-twice", &format!("--write-known {FILE}")).ends_with(DIVERGES);
    let ran = run(&place, "", &format!("--known {FILE}")).ends_with(CONFORMS);
    assert!(ran.out.contains("gone        invitation/accepted-once"), "{}", ran.show());
    let ran = run(&place, "", &format!("--known {FILE} --strict-known --format json"));
    let result = ran.ends_with(DIVERGES).json();
    assert_eq!(result["verdict"], "conforms");
    assert_eq!(result["known"][0]["state"], "no-longer-shows");
    // What the run did not put to the test may show as ever.
    let ran = place.run(&format!(
        "check --suite none --cases 0 --rule share/* --known {FILE} --strict-known --format json"
    ));
    assert_eq!(ran.json()["known"][0]["state"], "untested");
}

#[test]
fn an_entry_without_a_scenario_is_gone_once_its_operation_keeps_the_rule() {
    let entry = "[[known]]\nrule = \"invitation/accepted-once\"\nkind = \"wrongly-granted\"\n\
        operation = \"AcceptResourceShareInvitation\"\n";
    let place = Place::new().with(FILE, entry);
    let options = format!("--known {FILE} --format json");
    let result = run(&place, "", &options).ends_with(CONFORMS).json();
    assert_eq!(result["known"][0]["state"], "no-longer-shows");
    let result = run(&place, "accepted-twice", &options).ends_with(CONFORMS).json();
    assert_eq!(result["known"][0]["state"], "shows");
}

#[test]
fn a_target_of_the_configuration_may_name_its_known_divergences() {
    let place = Place::new()
        .with("bad.toml", "[[known]]\nrule = \"invitation/acepted-once\"\nkind = \"leak\"\noperation = \"RunInstances\"\n")
        .with(
            "bellwether.toml",
            "[targets.mine]\naccounts = \"access-key\"\nendpoint = \"http://127.0.0.1:1\"\nknown = \"bad.toml\"\n",
        );
    check_all(
        &place,
        USAGE,
        &[
            (
                "check --target mine",
                &["there is no rule", "did you mean invitation/accepted-once?", "bad.toml:2:8"],
            ),
            ("check --known bad.toml", &["bad.toml:2:8"]),
            ("check --known missing.toml", &["failed to read missing.toml", "--write-known"]),
            ("check --strict-known", &["--strict-known", "--known FILE"]),
            ("check --write-known no/such.toml", &["no folder no", "--write-known"]),
        ],
    );
}

#[test]
fn faults_that_can_not_be_planted_together_are_refused() {
    check_all(
        &Place::new(),
        USAGE,
        &[
            ("check --mutant accepted-twice,accepted-twice", &["accepted-twice is named twice"]),
            ("serve --mutant accepted-twice,zzz", &["no mutant \"zzz\""]),
        ],
    );
}
