use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::played::{self, Entry};
use super::{Language, Omitted, build, comment, plan, words};
use crate::scenario::Parsed;
use crate::suites::{self, Suite};

/// The suites whose tests with the SDK for Rust are compiled with the repository's own.
const COMPILED: [&str; 6] = [
    "hosted-zone/associated-by-authorization",
    "invitations/accepted",
    "ipam-pool/vpcs-from-a-shared-pool",
    "tags/on-a-share",
    "walkthrough/4-subnet-in-an-organization",
    "walkthrough/5-image-and-subnet",
];

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
        let most = if *language == Language::Terraform.name() { count } else { count / 10 };
        assert!(sum < most, "{language}: {sum} of {count} are omitted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_compiled_tests_are_those_that_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suites/reproductions");
    let is_written = std::env::var_os("DOCUMENTS").is_some_and(|value| value == "write");
    for suite in suites::all().iter().filter(|it| COMPILED.contains(&it.name.as_str())) {
        let name = suite.name.replace('/', "-");
        let plan = Box::pin(plan(&name, &parsed(suite), None)).await.unwrap();
        let text = plan.render(Language::Rust).unwrap();
        let path = folder.join(Language::Rust.file(&words::identifier(&name)));
        if is_written {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let path = path.display();
        assert!(
            kept == text,
            "{path} is stale; write it with `DOCUMENTS=write cargo test --lib repro`"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_time_is_omitted_with_the_reason() {
    let text = "world standalone\n\nowner CreateResourceShare -> share\nowner PassTime hours=30\n";
    let parsed = Parsed::read("a.scenario", text).unwrap();
    let why = Box::pin(plan("a", &parsed, None)).await.unwrap_err();
    assert_eq!(why.to_string(), "time passes in it, which no client can do");
}
