use std::collections::BTreeMap;

use bellwether_model::judge::Difference;
use serde_json::Value;

use super::played::{self, Entry};
use super::{Language, Omitted, build, comment, plan};
use crate::scenario::Parsed;
use crate::suites::{self, Suite};

fn parsed(suite: &Suite) -> Parsed {
    Parsed::read(&suite.name, suite.text).expect("the suites' tests parse every file")
}

/// The texts of an answer that look like ids and were not sent before.
fn ids(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let is_id = text.len() > 11 && text.bytes().any(|it| it.is_ascii_digit());
            let is_unique = text
                .split(['-', '/', ':'])
                .any(|part| part.len() > 11 && part.bytes().all(|it| it.is_ascii_hexdigit()));
            if is_id && is_unique {
                found.push(text.clone());
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| ids(row, found)),
        Value::Object(members) => members.values().for_each(|value| ids(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_id_of_the_reference_stands_in_a_reproduction() {
    let mut wrong = Vec::new();
    for suite in suites::all() {
        let parsed = parsed(&suite);
        let Ok(played) = Box::pin(played::play(&parsed, None)).await else { continue };
        let name = suite.name.replace('/', "-");
        let plan = build::plan(&name, comment(&name, &parsed, played.rule, None), &played);
        let Ok(script) = plan.render(Language::Bash) else { continue };
        let mut given = Vec::new();
        let answers = played.entries.iter().filter_map(|entry: &Entry| entry.output.as_ref());
        answers.for_each(|answer| ids(answer, &mut given));
        wrong.extend(
            given
                .iter()
                .filter(|id| script.contains(*id) && !suite.text.contains(*id))
                .map(|id| format!("{name} has {id}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn most_suites_have_a_script_and_a_test_in_each_language() {
    let mut omitted: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut count = 0;
    for suite in suites::all() {
        let planned = Box::pin(plan(&suite.name, &parsed(&suite), None)).await;
        count += 1;
        for language in Language::ALL {
            let rendered =
                planned.as_ref().map_err(Clone::clone).and_then(|it| it.render(language));
            if let Err(Omitted(why)) = rendered {
                *omitted.entry(language.name()).or_default().entry(why).or_default() += 1;
            }
        }
    }
    for (language, reasons) in &omitted {
        let sum: usize = reasons.values().sum();
        anstream::println!("{language}: {sum} of {count} omitted");
        for (why, times) in reasons {
            anstream::println!("  {times} {why}");
        }
        // Terraform has resources for few of the operations.
        let is_judged = *language != Language::Terraform.name();
        assert!(!is_judged || sum < count / 10, "{language}: {sum} of {count} are omitted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_time_is_omitted_with_the_reason() {
    let text = "world standalone\n\nowner CreateResourceShare -> share\nowner PassTime hours=30\n";
    let parsed = Parsed::read("a.scenario", text).unwrap();
    let why = Box::pin(plan("a", &parsed, None)).await.unwrap_err();
    assert_eq!(why.to_string(), "time passes in it, which no client can do");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_claim_says_has_no_reproduction() {
    let plan = |text| async move {
        let parsed = Parsed::read("a.scenario", text).unwrap();
        Box::pin(plan("a", &parsed, None)).await.unwrap()
    };
    let silent = "world standalone\n\nowner CreateResourceShare clientToken=token -> share\n";
    assert!(!plan(silent).await.can_show(Difference::WrongField));
    let claimed =
        "world standalone\n\nowner CreateResourceShare -> share\n? consumer share share absent\n";
    assert!(plan(claimed).await.can_show(Difference::Leak));
}
