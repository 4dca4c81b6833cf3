//! What a scorecard says of runs.

use serde_json::json;

use super::{Run, Score, Scorecard, State, badge, markdown, page, terminal};

/// A run of a target in which the rules are in these states.
fn run(target: &str, states: &[(&str, &str)]) -> Run {
    let rules: serde_json::Map<_, _> = states
        .iter()
        .map(|(name, state)| ((*name).to_owned(), json!({"state": state, "reached": 1})))
        .collect();
    let diverging = states.iter().filter(|(_, state)| *state == "diverges");
    let divergences: Vec<_> = diverging
        .map(|(name, _)| json!({"id": format!("{name}-leak"), "rule": name, "advice": false}))
        .collect();
    let value = json!({
        "schema": 1,
        "target": {"name": target, "endpoint": "http://127.0.0.1:1", "version": null},
        "verdict": if divergences.is_empty() { "conforms" } else { "diverges" },
        "level": "L3",
        "seed": 1,
        "divergences": divergences,
        "rules": rules,
        "operations": {"CreateResourceShare": true},
    });
    serde_json::from_value(value).expect("it is a result")
}

#[test]
fn a_score_counts_the_rules_that_hold_of_those_that_were_judged() {
    let run = run(
        "moto",
        &[
            ("share/a", "conforms"),
            ("share/b", "diverges"),
            ("share/c", "open"),
            ("share/d", "unexercised"),
            ("tags/a", "advice"),
        ],
    );
    assert_eq!(run.score(Some("share")), Score { hold: 1, judged: 2 });
    assert_eq!(run.score(None), Score { hold: 1, judged: 3 });
}

#[test]
fn a_rule_that_conformed_and_diverges_now_is_a_regression() {
    let runs = [
        run("moto", &[("share/a", "conforms"), ("share/b", "diverges")]),
        run("moto", &[("share/a", "diverges"), ("share/b", "conforms")]),
    ];
    let card = Scorecard::of(&runs);
    assert!(card.has_regression());
    assert_eq!(card.changes[0].worse, ["share/a"]);
    assert_eq!(card.changes[0].better, ["share/b"]);
    assert_eq!(card.changes[0].also_found, [""; 0], "it is told as worse already");
}

#[test]
fn an_operation_that_is_gone_is_a_regression() {
    let before = run("moto", &[("share/a", "conforms")]);
    let mut after = before.clone();
    after.operations.insert("CreateResourceShare".to_owned(), false);
    let card = Scorecard::of(&[before, after]);
    assert!(card.has_regression());
    assert_eq!(card.changes[0].lost, ["CreateResourceShare"]);
}

#[test]
fn what_was_not_exercised_before_is_no_regression() {
    let runs =
        [run("moto", &[("share/a", "unexercised")]), run("moto", &[("share/a", "diverges")])];
    let card = Scorecard::of(&runs);
    assert!(!card.has_regression());
    assert_eq!(card.changes[0].also_found, ["share/a-leak"]);
}

#[test]
fn runs_of_two_targets_are_not_compared_in_time() {
    let runs =
        [run("moto", &[("share/a", "conforms")]), run("ministack", &[("share/a", "diverges")])];
    let card = Scorecard::of(&runs);
    assert!(card.changes.is_empty() && !card.has_regression());
}

#[test]
fn a_rule_that_an_earlier_version_did_not_have_is_absent() {
    let runs = [
        run("moto", &[("share/a", "conforms")]),
        run("moto", &[("share/a", "conforms"), ("share/b", "diverges")]),
    ];
    let card = Scorecard::of(&runs);
    let row = card.rules.iter().find(|row| row.name == "share/b").expect("it was judged");
    assert_eq!(row.values, [None, Some(State::Diverges)]);
    assert!(!card.has_regression());
}

#[test]
fn runs_of_one_name_are_told_apart() {
    let one = run("moto", &[("share/a", "conforms")]);
    let card = Scorecard::of(&[one.clone(), one]);
    let labels: Vec<&str> = card.runs.iter().map(|run| run.label.as_str()).collect();
    assert_eq!(labels, ["moto #1", "moto #2"]);
}

#[test]
fn the_terminal_shows_no_line_of_more_than_80_columns() {
    let names: Vec<String> =
        (0..40).map(|number| format!("share/a-rule-of-a-long-name-with-number-{number}")).collect();
    let states: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "diverges")).collect();
    let runs = ["moto", "ministack", "reference", "another"].map(|target| run(target, &states));
    for line in terminal::render(&Scorecard::of(&runs)).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_label_does_not_break_a_table_of_markdown() {
    let card = Scorecard::of(&[run("mo|to", &[("share/a", "diverges")])]);
    let text = markdown::render(&card);
    assert!(text.contains("| topic | mo\\|to |"), "{text}");
    assert!(text.contains("| level | L3 |"), "{text}");
    assert!(text.contains("| `share/a` | diverges |"), "{text}");
}

#[test]
fn the_page_names_each_run_at_the_head_of_its_column_and_loads_nothing() {
    let runs = [
        run("moto", &[("share/a", "conforms"), ("tags/a", "advice")]),
        run("moto", &[("share/a", "diverges"), ("tags/a", "advice")]),
        run("<script>", &[("share/a", "conforms")]),
    ];
    let text = page::render(&Scorecard::of(&runs));
    for part in [
        "<th scope=\"col\">moto #1</th>",
        "<th scope=\"col\">&lt;script&gt;</th>",
        "<th scope=\"row\"><code>share/a</code></th>",
        "<span class=\"badge\" data-state=\"diverges\">diverges</span>",
        "<span class=\"badge\" data-state=\"advice\">warning</span>",
        "From moto #1 to moto #2: worse",
        "rules that conformed and diverge now: <code>share/a</code>",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(!text.contains("src=") && !text.contains("<script"), "{text}");
}

#[test]
fn a_badge_says_the_score_and_the_verdict() {
    let card = Scorecard::of(&[run("moto", &[("share/a", "conforms"), ("share/b", "diverges")])]);
    let svg = badge::render(&card.runs[0], card.total[0]);
    assert!(svg.contains("RAM conformance: 1/2 rules, diverges"), "{svg}");
}

#[test]
fn a_result_of_another_schema_is_refused_with_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("results.json"), "{\"schema\": 1}").expect("a file");
    let error = Run::read(folder.path()).expect_err("members are missing").to_string();
    assert!(
        error.contains("results.json: it is not a result of `check`: missing field"),
        "{error}"
    );
    assert!(Run::read(&folder.path().join("nothing")).is_err());
}
