//! Tests of the documents that are written from the code: the rulebook with the rules that restate it,
//! the facts with the scenarios that show them, and what the reference reads of requests.
//!
//! The documents are written from the code and the suites. `DOCUMENTS=write cargo test --test
//! evidence` writes them anew; without it, a stale one fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs};

use bellwether::capabilities::Capabilities;
use bellwether::follow::{Assumed, Judged, Organizations, judge_files};
use bellwether::history::{self, Format};
use bellwether::predict::cites;
use bellwether::reference::ec2::filters::served::{SERVED, Served};
use bellwether::reference::made::{Answers, Between};
use bellwether::reference::members::{EC2, Read, Reads, SERVICES};
use bellwether::replay::replay;
use bellwether::run::{PlayOptions, ReadPolicy};
use bellwether::suites::{self, Suite};
use bellwether::target::{Bound, Target};
use bellwether_model::rulebook::{self, FACTS, RESOURCES, Row, SHARING, Section};
use bellwether_model::rules::{self, Evidence, Rule, Source};

use bellwether::levels::UNEXERCISED;

/// The number of rules of a row that a table names.
const NAMED: usize = 3;

/// The notice of a document that it is generated.
const WRITTEN: &str =
    "This file is written by `DOCUMENTS=write cargo test --test evidence`. Do not edit it.";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Requires that a document is as the code and the suites say, or writes it.
#[track_caller]
fn require_current(path: &str, text: &str) {
    let place = root().join(path);
    if env::var_os("DOCUMENTS").is_some_and(|it| it == "write") {
        fs::create_dir_all(place.parent().expect("a document is in a folder"))
            .expect("the folder can be made");
        fs::write(&place, text).expect("the document can be written");
    }
    let kept = fs::read_to_string(&place).unwrap_or_default();
    assert!(kept == text, "{path} is stale: run DOCUMENTS=write cargo test --test evidence");
}

/// Requires that the end of a document, from this line on, is as the code says, or writes it.
#[track_caller]
fn require_current_from(path: &str, line: &str, end: &str) {
    let kept = fs::read_to_string(root().join(path)).expect("the document can be read");
    let (written_by_hand, _) =
        kept.split_once(line).unwrap_or_else(|| panic!("{path} has no line {line:?}"));
    require_current(path, &format!("{written_by_hand}{line}{end}"));
}

/// A table for each section.
fn tables(sections: &[Section], heads: [&str; 3], last: impl Fn(&Row) -> String) -> String {
    let mut text = String::new();
    for section in sections {
        let [first, second, third] = heads;
        let _ = writeln!(text, "\n### {}\n", section.title);
        let _ = writeln!(text, "| {first} | {second} | {third} |\n|---|---|---|");
        for row in section.rows {
            let _ = writeln!(text, "| {} | {} | {} |", row.id, row.says, last(row));
        }
    }
    text
}

/// Some names in a cell of a table.
fn cell(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{}, {more} more", shown.join(", ")),
    }
}

/// The rules that restate a row, or why there is none.
fn restated(row: &Row) -> String {
    if !row.unstated.is_empty() {
        return format!("*{}*", row.unstated);
    }
    cell(&row.rules().map(|rule| rule.name.to_owned()).collect::<Vec<_>>())
}

/// The ids in the parentheses of a scenario's comment that hold nothing else: `(L8, A3)`.
fn cited(suite: &Suite) -> Vec<String> {
    let description = suite.scenario().description();
    let is_id = |text: &str| {
        let rest = text.strip_prefix(|first: char| first.is_ascii_uppercase());
        rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()))
    };
    let groups = description.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
    let groups = groups.filter(|group| group.split(", ").all(is_id));
    groups.flat_map(|group| group.split(", ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The scenarios that show each fact.
fn shown() -> BTreeMap<String, Vec<Suite>> {
    let mut shown: BTreeMap<String, Vec<Suite>> = BTreeMap::new();
    for suite in suites::all() {
        for id in cited(&suite) {
            shown.entry(id).or_default().push(suite.clone());
        }
    }
    shown
}

#[test]
fn the_rulebook_is_as_the_rules_are() {
    let (stated, unstated): (Vec<_>, Vec<_>) =
        rulebook::statements().partition(|row| row.unstated.is_empty());
    let heads = ["row", "what it is about", "restated by, or why not"];
    let mut text = format!(
        "# The rulebook\n\n{WRITTEN}\n\nWhat the model was written from: {} statements about AWS. {} \
         are restated by rules,\nwhich name their public sources (`bellwether explain RULE`). {} \
         are not; they say why.\n\n## RAM\n{}\n## What is shared\n{}",
        stated.len() + unstated.len(),
        stated.len(),
        unstated.len(),
        tables(SHARING, heads, restated),
        tables(RESOURCES, heads, restated),
    );
    text += "\n## Rules that a run does not put to the test\n\n";
    text +=
        "With the reference as the target, these stay `unexercised` however long the run is.\n\n";
    text += "| rule | why |\n|---|---|\n";
    for (rule, why) in UNEXERCISED {
        let _ = writeln!(text, "| `{rule}` | {why} |");
    }
    require_current("docs/rulebook.md", &text);
}

#[test]
fn the_facts_are_as_the_suites_show_them() {
    let suites = shown();
    let place = |row: &Row| {
        if !row.unstated.is_empty() {
            return format!("*{}*", row.unstated);
        }
        let of_suites = suites.get(row.id).into_iter().flatten().map(|suite| suite.name.clone());
        let of_tests = row.tests.iter().map(|name| (*name).to_owned());
        cell(&of_suites.chain(of_tests).collect::<Vec<_>>())
    };
    let all = rulebook::facts().count();
    let unstated = rulebook::facts().filter(|row| !row.unstated.is_empty()).count();
    let text = format!(
        "# The facts\n\n{WRITTEN}\n\n{all} answers that AWS gave to somebody in public: recorded \
         traffic, pasted answers, tests that\nrun against AWS. {} are shown by a scenario of \
         `suites/` or stated by a test; the others say why not.\n{}",
        all - unstated,
        tables(FACTS, ["fact", "what AWS answers", "shown by, or why not"], place),
    );
    require_current("docs/facts.md", &text);
}

/// The line from which on the document of the reference is generated.
const OPERATIONS: &str = "## Operations, parameters and filters\n";

/// A parameter as the document writes it.
fn parameter(read: Read<'_>) -> String {
    match read {
        Read::Whole(path) => format!("`{path}`"),
        Read::Structure(path) => format!("`{path}` with all that is in it"),
        Read::Values(path, values) => {
            format!("`{path}` as {}", values.replace('|', " or "))
        }
        Read::Idle(path) => format!("*`{path}`*"),
    }
}

/// The operations of a service, with the parameters that each reads and the number of AWS's others.
fn operations(reads: &Reads) -> String {
    let mut text = "| operation | reads | refused | page |\n|---|---|---|---|\n".to_owned();
    for (operation, _) in reads.operations {
        let read: Vec<_> = reads.of(operation).map(parameter).collect();
        let taken = reads.taken(operation);
        let refused = taken.members.iter().filter(|path| !reads.reads(operation, path)).count();
        let page = match taken.bounds {
            (Some(least), Some(most)) => format!("{least} to {most}"),
            _ => String::new(),
        };
        let _ = writeln!(text, "| {operation} | {} | {refused} | {page} |", read.join(", "));
    }
    text
}

/// The filters of an operation of EC2, and those of AWS's that are refused.
fn filters(served: &Served) -> String {
    let taken = EC2.taken(served.operation);
    let names = served.filters.iter().map(|(names, _)| names.replace(' ', "` or `"));
    let tags = served.tags.map(|_| ["tag:KEY".to_owned(), "tag-key".to_owned()]);
    let names: Vec<_> = names.chain(tags.into_iter().flatten()).collect();
    let is_served = |name: &str| served.path(name).is_some() || name.starts_with("tag");
    let refused: Vec<_> = taken.filters.iter().filter(|name| !is_served(name)).collect();
    let refused: Vec<_> = refused.iter().map(|name| format!("`{name}`")).collect();
    format!("| {} | `{}` | {} |\n", served.operation, names.join("`, `"), refused.join(", "))
}

#[test]
fn the_parameters_of_the_reference_are_as_its_operations_read_them() {
    let mut text = "\n<!-- From here on, this file is written by `DOCUMENTS=write cargo test --test \
                    evidence`. -->\n\nWhat is accepted is done. A parameter of AWS that an operation \
                    does not read is refused: *The reference does not\nhave the parameter X of Y*, in \
                    the service's own error shape. What AWS does not have either is UnknownParameter \
                    in\nEC2, and passed over by the others, as AWS does. An empty value says \
                    nothing.\n\nThe tables name parameters as requests spell them, without the \
                    numbers of list members. One with values is read with\nthese alone, because they \
                    are what is done anyway; one *in italics* may have any value, because nothing \
                    here could\nchange by it. `refused` counts AWS's others, and `page` has AWS's \
                    bounds of MaxResults. EC2's `DryRun` is read by all\nthat have it.\n"
        .to_owned();
    for reads in SERVICES {
        let _ = writeln!(text, "\n### {}\n\n{}", reads.title, operations(reads).trim_end());
    }
    text += "\n### Filters of EC2\n\nA filter compares a text of the item as it is answered; `*` is \
             any text, `?` any character, `\\` takes the next one as it\nis. A request has at most 50 \
             filters, and a filter 200 values. The others of AWS's documentation are refused by \
             name.\n\n| operation | filters | refused |\n|---|---|---|\n";
    text.extend(SERVED.iter().map(filters));
    require_current_from("docs/reference-target.md", OPERATIONS, &text);
}

/// The contradictions of recordings of AWS that say nothing about the model, each with the reason: the recording, the
/// rule, and why.
const EXPLAINED: [(&str, &str, &str); 0] = [];

/// The folder of recordings of AWS that others published, where it is there: the one that RECORDINGS names, or
/// `../shared/recordings` beside the checkout.
fn recordings() -> Option<PathBuf> {
    let named = env::var_os("RECORDINGS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/recordings"));
    folder.is_dir().then_some(folder)
}

/// The files of recordings, those of a folder together, by the path of the folder.
fn by_folder(root: &Path) -> BTreeMap<String, Vec<(PathBuf, &'static Format)>> {
    let mut folders: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for path in history::files(root).expect("the recordings can be read") {
        let Ok(format) = history::format_of(&path) else { continue };
        let folder = path.parent().and_then(|it| it.strip_prefix(root).ok()).unwrap_or(&path);
        folders.entry(folder.display().to_string()).or_default().push((path.clone(), format));
    }
    folders
}

/// The source of a rule that its evidence rests on: a recording, where there is one.
fn strongest(rule: &Rule) -> Option<&'static Source> {
    let is_recorded = rule.evidence >= Evidence::Recorded;
    let recorded = rule.sources.iter().find(|source| source.says.contains("recorded"));
    let outside = rule.sources.iter().find(|it| !it.place.starts_with("https://docs.aws"));
    recorded.or(outside).filter(|_| is_recorded).or_else(|| rule.sources.first())
}

#[tokio::test]
async fn recordings_of_aws_contradict_no_rule() {
    let Some(folder) = recordings() else { return };
    let assumed = Assumed { bound: Bound::OfAws(1.0), organizations: Organizations::Unknown };
    let mut rows = String::new();
    let mut confirmed: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, files) in by_folder(&folder) {
        let judged = judge_files(&files, assumed).await.expect("the recordings can be judged");
        let Judged { tally, unreadable_count, .. } = judged;
        assert_eq!(unreadable_count, 0, "{name} can't be read whole");
        for found in &tally.contradictions {
            let is_explained = EXPLAINED
                .iter()
                .any(|(recording, rule, _)| *recording == name && *rule == found.rule.name);
            assert!(is_explained, "{name} contradicts {} at {}", found.rule.name, found.place);
        }
        for (rule, counts) in tally.rules.iter().filter(|(_, it)| it.held > 0) {
            *confirmed.entry(rule).or_default() += counts.held;
        }
        let held = tally.rules.values().filter(|it| it.held > 0).count();
        let (format, lacks) = files.first().map_or(("", ""), |(_, it)| (it.name, it.lacks));
        let _ = writeln!(
            rows,
            "| {name} | {format} | {lacks} | {} | {} | {held} | {} |",
            tally.events,
            tally.judged,
            tally.contradictions.len()
        );
    }
    let mut text = format!(
        "# Rules and recordings\n\n{WRITTEN} It is renewed where the\nfolder of the recordings is beside the \
         checkout, or RECORDINGS names it.\n\n## Recordings of AWS that others published\n\n`bellwether judge --as \
         aws` of each. What a format lacks is not judged: without requests only the laws of all lists are.\n\n\
         | recording | format | lacks | events | judged | rules held | contradictions |\n\
         |---|---|---|---|---|---|---|\n{rows}\nThey confirm {} rules by judging:\n\n| rule | answers |\n|---|---|\n",
        confirmed.len()
    );
    for (rule, answers) in confirmed {
        let _ = writeln!(text, "| `{rule}` | {answers} |");
    }
    for (recording, rule, why) in EXPLAINED {
        let _ =
            writeln!(text, "\n{recording} contradicts `{rule}`, and says nothing about it: {why}.");
    }
    text += &evidence();
    require_current("docs/recorded.md", &text);
}

/// The section that says what stands behind each rule.
fn evidence() -> String {
    let mut text =
        "\n## Evidence\n\nThe strongest that each rule has.\n\n| evidence | rules |\n|---|---|\n"
            .to_owned();
    let kinds = [
        Evidence::DocumentedAndRecorded,
        Evidence::Recorded,
        Evidence::Documented,
        Evidence::Inferred,
        Evidence::Open,
    ];
    for kind in kinds {
        let count = rules::all().filter(|it| it.evidence == kind).count();
        let _ = writeln!(text, "| {kind} | {count} |");
    }
    text += "\n| rule | evidence | strongest source |\n|---|---|---|\n";
    for rule in rules::all() {
        let place = strongest(rule).map_or("", |source| source.place);
        let _ = writeln!(text, "| `{}` | {} | {place} |", rule.name, rule.evidence);
    }
    text
}

#[test]
fn every_fact_is_shown_or_says_why_not() {
    let suites = shown();
    for row in rulebook::facts() {
        let shown = suites.contains_key(row.id) || !row.tests.is_empty();
        let (id, why) = (row.id, row.unstated);
        assert!(shown || !why.is_empty(), "{id}: name it in a scenario, or say why not");
        assert!(!shown || why.is_empty(), "{id} is shown: it needs no excuse");
    }
}

#[test]
fn a_scenario_that_names_a_fact_rests_on_a_rule_that_does() {
    for (id, suites) in shown() {
        let row = rulebook::facts().find(|row| row.id == id);
        for suite in suites {
            let row =
                row.unwrap_or_else(|| panic!("{} names {id}, which is not a fact", suite.name));
            let rests = row.rules().any(|rule| cites(suite.parsed(), rule.name));
            assert!(rests, "{} names {id}, and rests on no rule that does", suite.name);
        }
    }
}

#[test]
fn every_test_that_states_a_fact_exists() {
    let named: BTreeSet<&str> = rulebook::facts().flat_map(|row| row.tests).copied().collect();
    let mut folders = vec![root().join("src"), root().join("suites"), root().join("model")];
    let mut found = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let is_there = |name: &&&str| {
                    ["fn", "def"].iter().any(|word| text.contains(&format!("{word} {name}(")))
                };
                found.extend(named.iter().filter(is_there).copied());
            }
        }
    }
    let missing: Vec<_> = named.difference(&found).collect();
    assert!(missing.is_empty(), "no test is called {missing:?}");
}

/// Mutants are made of what the reference answers: of the shapes that it answers in the suites.
#[tokio::test(flavor = "multi_thread")]
async fn the_shapes_of_answers_are_those_that_the_suites_get() {
    let answers = Arc::<Mutex<Answers>>::default();
    let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
    for suite in suites::all() {
        let witness = Between::Witness(Arc::clone(&answers));
        let target = Target::behind("witness".to_owned(), witness);
        replay(&target, suite.parsed(), &options).await.expect("the reference is in reach");
    }
    let text = answers.lock().expect("no play has panicked").text();
    require_current("src/reference/made/answers.json", &text);
}
