//! The report on recorded traffic as JUnit XML: a test case per rule, a test suite per topic, as `check` writes it.

use std::time::Duration;

use bellwether_model::rules::{self, Rule};
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::files::RenderError;
use super::{ContradictionReport, Report, human};
use crate::report::junit::{RUN, topic_of};

/// Renders a report.
pub(super) fn render(report: &Report) -> Result<String, RenderError> {
    let mut document = Document::new(format!("bellwether judge {}", report.target));
    document.set_time(Duration::try_from_secs_f64(report.seconds).unwrap_or_default());
    document.add_test_suite(run(report));
    for topic in rules::TOPICS {
        let Some(first) = topic.first() else { continue };
        let mut suite = TestSuite::new(topic_of(first));
        suite.add_test_cases(topic.iter().map(|rule| case(report, rule)));
        document.add_test_suite(suite);
    }
    Ok(document.to_string()?)
}

/// Says whether the history proves anything.
fn run(report: &Report) -> TestSuite {
    let mut suite = TestSuite::new(RUN);
    let status = if report.verdict == "inconclusive" {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("nothing of the history could be judged");
        status
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new("conclusive", status);
    case.set_classname(RUN);
    let mut said = vec![report.sentence(), report.extent()];
    said.extend(report.unreadable.iter().map(|it| format!("could not be read: {it}")));
    case.set_system_out(said.join("\n"));
    suite.add_test_case(case);
    suite
}

fn case(report: &Report, rule: &Rule) -> TestCase {
    let found: Vec<_> = report.contradictions.iter().filter(|it| it.rule == rule.name).collect();
    let fails = found.iter().any(|found| report.is_failure(found));
    let status = if fails {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(found.iter().map(|it| message(it)).collect::<Vec<_>>().join("; "));
        status.set_type(found[0].kind);
        status.set_description(told(&found));
        status
    } else if report.state(rule) == "unexercised" {
        let mut status = TestCaseStatus::skipped();
        status.set_message("unexercised: nothing in the history put it to the test");
        status
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new(rule.name, status);
    case.set_classname(topic_of(rule));
    if !fails && !found.is_empty() {
        case.set_system_out(told(&found));
    }
    case
}

fn message(found: &ContradictionReport) -> String {
    let ContradictionReport { kind, operation, expected, observed, .. } = found;
    format!("{kind} in {operation}: expected {expected}, observed {observed}")
}

fn told(found: &[&ContradictionReport]) -> String {
    let mut text = String::new();
    for found in found {
        human::write_contradiction(&mut text, found);
    }
    text
}
