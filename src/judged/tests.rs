use std::path::Path;

use bellwether_model::judge::Difference;
use bellwether_model::rules;

use super::*;
use crate::follow::Tally;
use crate::history::Place;

/// A report of a history in which a rule held and another was contradicted.
fn sample(target: &str) -> Report {
    let mut tally = Tally { events: 3, judged: 2, ..Tally::default() };
    let mut firm = rules::all().filter(|rule| rule.evidence.is_firm());
    let (held, broken) = (firm.next().unwrap(), firm.next().unwrap());
    tally.rules.insert(held.name, Counts { held: 1, ..Counts::default() });
    tally.rules.insert(broken.name, Counts { contradicted: 1, ..Counts::default() });
    tally.unjudged.insert("the answer was <lost>".to_owned(), 1);
    tally.contradictions.push(Contradiction {
        rule: broken,
        difference: Difference::WronglyGranted,
        operation: "DeleteResourceShare",
        expected: "refused".to_owned(),
        observed: "granted, \u{1b}<script>".to_owned(),
        place: Place { file: Path::new("a.jsonl").into(), line: 7 },
        calls: vec!["111122223333 DeleteResourceShare share1".to_owned()],
        scenario: None,
        count: 2,
    });
    let judged = Judged { tally, callers: 1, ..Judged::default() };
    Report::of(target, false, Vec::new(), judged, 1.5)
}

#[test]
fn a_contradiction_is_the_target_s_unless_aws_was_recorded() {
    assert_eq!(sample("moto").contradictions[0].about, "target");
    assert_eq!(sample("moto").sentence(), "moto diverges from AWS");
    assert_eq!(sample(AWS).contradictions[0].about, "model");
    assert_eq!(sample(AWS).sentence(), "AWS contradicts the model");
}

#[test]
fn each_rule_is_a_test_case_and_each_contradicted_one_a_failure() {
    let xml = junit::render(&sample("moto")).unwrap();
    let count = |text: &str| xml.matches(text).count();
    assert_eq!(count("<testcase "), rules::all().count() + 1, "and one of the run");
    assert_eq!(count("<failure "), 1, "{xml}");
    assert_eq!(count("<skipped "), rules::all().count() - 2);
    assert!(xml.contains("at        a.jsonl:7"), "{xml}");
    assert!(!xml.contains(['\u{1b}']) && !xml.contains("<script>"), "{xml}");
}

#[test]
fn a_history_of_which_nothing_is_judged_is_an_error() {
    let report = Report::of("moto", false, Vec::new(), Judged::default(), 0.0);
    assert_eq!(report.verdict, "inconclusive");
    let xml = junit::render(&report).unwrap();
    assert_eq!(xml.matches("<error ").count(), 1, "{xml}");
}

#[test]
fn the_page_shows_the_contradiction_and_loads_nothing() {
    let page = html::render(&sample("moto"));
    for part in
        ["moto diverges from AWS", "a.jsonl:7", "the answer was &lt;lost&gt;", "default-src 'none'"]
    {
        assert!(page.contains(part), "no {part:?} in\n{page}");
    }
    assert!(!page.contains("granted, \u{1b}<script>"), "texts are escaped");
}

#[test]
fn a_warning_fails_only_if_it_is_asked_for() {
    let mut report = sample("moto");
    report.contradictions[0].evidence = Evidence::Inferred;
    assert!(!report.is_failure(&report.contradictions[0]));
    report.strict = true;
    assert!(report.is_failure(&report.contradictions[0]));
}
