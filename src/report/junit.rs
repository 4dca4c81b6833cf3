//! JUnit XML, as GitHub, GitLab and Jenkins read it: a test case per rule, a test suite per topic.

use std::time::Duration;

use bellwether_model::rules::{self, Rule};
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::files::RenderError;
use super::{DivergenceReport, Report, RuleReport, human, phrase};

/// The test suite of what can't be said of a rule.
pub(crate) const RUN: &str = "run";

/// Renders a report.
pub(super) fn render(report: &Report) -> Result<String, RenderError> {
    let mut document = Document::new(format!("bellwether {}", report.target.name));
    document.set_time(Duration::try_from_secs_f64(report.seconds).unwrap_or_default());
    document.add_test_suite(run(report));
    for topic in rules::TOPICS {
        let Some(first) = topic.first() else { continue };
        let mut suite = TestSuite::new(topic_of(first));
        let known = topic.iter().filter_map(|rule| Some((*rule, report.rules.get(rule.name)?)));
        for (rule, state) in known {
            suite.add_test_case(case(report, rule, state));
        }
        document.add_test_suite(suite);
    }
    Ok(document.to_string()?)
}

/// The topic of a rule.
pub(crate) fn topic_of(rule: &Rule) -> &'static str {
    rule.name.split_once('/').map_or(rule.name, |(topic, _)| topic)
}

/// Says whether the run proves anything. A run that does not is an error, or a reader would take it for a
/// good one.
fn run(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new(RUN);
    let status = if report.reasons.is_empty() {
        TestCaseStatus::success()
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(report.reasons.join("; "));
        status
    };
    let mut case = TestCase::new("conclusive", status);
    case.set_classname(RUN);
    case.set_system_out(format!(
        "{}\n{}\n{}",
        phrase::verdict(report),
        report.target.endpoint,
        phrase::played(report)
    ));
    suite.add_test_case(case);
    suite
}

fn case(report: &Report, rule: &Rule, state: &RuleReport) -> TestCase {
    let found: Vec<_> = report.divergences.iter().filter(|found| found.rule == rule.name).collect();
    let fails = found.iter().any(|found| report.is_failure(found));
    let status = if fails {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(found.iter().map(|it| message(it)).collect::<Vec<_>>().join("; "));
        status.set_type(found[0].kind);
        status.set_description(bug_reports(report, &found));
        status
    } else if state.state == "conforms" || state.state == "advice" {
        TestCaseStatus::success()
    } else {
        let mut status = TestCaseStatus::skipped();
        status.set_message(reason(report, rule, state));
        status
    };
    let mut case = TestCase::new(rule.name, status);
    case.set_classname(topic_of(rule));
    if !fails && !found.is_empty() {
        case.set_system_out(bug_reports(report, &found));
    }
    case
}

fn message(found: &DivergenceReport) -> String {
    let DivergenceReport { kind, operation, actor_role, expected, observed, .. } = found;
    format!("{kind} in {operation} by the {actor_role}: expected {expected}, observed {observed}")
}

fn bug_reports(report: &Report, found: &[&DivergenceReport]) -> String {
    let mut text = String::new();
    for found in found {
        human::write_divergence(&mut text, report, found, false);
    }
    // The text begins with its own line, and ends with it.
    let _ = text.pop();
    text
}

/// Returns the reason that a rule was not judged.
fn reason(report: &Report, rule: &Rule, state: &RuleReport) -> String {
    match state.state {
        "open" => {
            let answers = report.open.iter().filter(|open| open.rule == rule.name);
            let answers: Vec<_> =
                answers.map(|open| format!("{}: {}", open.operation, open.answer)).collect();
            let answered = if answers.is_empty() {
                "the run did not ask".to_owned()
            } else {
                format!("the target answered {}", answers.join("; "))
            };
            format!("open: {} No public source settles it; {answered}.", rule.question)
        }
        "unimplemented" => "unimplemented: the target lacks the operations that show it".to_owned(),
        "unexercised" => "unexercised: nothing in this run put it to the test".to_owned(),
        "known" => "known: it is broken as the file of known divergences says".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::super::tests::sample;
    use super::render;

    /// Counts the elements of a document by name; each of them has to be one that JUnit's readers know.
    fn elements(xml: &str) -> BTreeMap<String, u64> {
        let mut reader = Reader::from_str(xml);
        let mut counted = BTreeMap::new();
        loop {
            let event = reader.read_event().expect("it is well-formed");
            if let Event::Start(element) | Event::Empty(element) = &event {
                for attribute in element.attributes() {
                    attribute.expect("it is well-formed");
                }
                *counted.entry(element.name().as_ref().to_owned()).or_default() += 1;
            } else if matches!(event, Event::Eof) {
                return counted;
            }
        }
    }

    #[test]
    fn each_rule_is_a_test_case_and_each_broken_one_a_failure() {
        let report = sample();
        let xml = render(&report).unwrap();
        let elements = elements(&xml);
        assert_eq!(elements["testcase"], report.rules.len() as u64 + 1, "and one of the run");
        assert_eq!(elements["failure"], 2);
        let conforming = report.rules_in("conforms") + report.rules_in("advice");
        let skipped = report.rules.len() - conforming - 2;
        assert_eq!(elements["skipped"], skipped as u64);
        let known =
            ["error", "failure", "skipped", "system-out", "testcase", "testsuite", "testsuites"];
        assert!(elements.keys().all(|name| known.contains(&name.as_str())), "{elements:?}");
        assert!(xml.contains("! ResourceShareInvitationAlreadyAcceptedException"), "{xml}");
    }

    #[test]
    fn a_warning_fails_only_a_strict_run() {
        let mut report = sample();
        for divergence in &mut report.divergences {
            divergence.advice = true;
        }
        assert!(!elements(&render(&report).unwrap()).contains_key("failure"));
        report.strict = true;
        assert_eq!(elements(&render(&report).unwrap())["failure"], 2);
    }

    #[test]
    fn a_run_that_proves_nothing_is_an_error() {
        let mut report = sample();
        assert!(!elements(&render(&report).unwrap()).contains_key("error"));
        report.reasons = vec!["nothing was played".to_owned()];
        let xml = render(&report).unwrap();
        assert_eq!(elements(&xml)["error"], 1);
        assert!(xml.contains("message=\"nothing was played\""), "{xml}");
    }

    #[test]
    fn characters_that_xml_can_not_hold_are_left_out() {
        let mut report = sample();
        report.divergences[0].observed = "refused, \u{1b}[31m\u{0}<no>&\u{b}".to_owned();
        let xml = render(&report).unwrap();
        elements(&xml);
        assert!(xml.contains("&lt;no&gt;&amp;"), "{xml}");
        assert!(!xml.contains(['\u{0}', '\u{b}', '\u{1b}']), "{xml}");
    }
}
