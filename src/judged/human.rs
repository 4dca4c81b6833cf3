//! The report on recorded traffic as text.

use std::fmt::Write as _;

use super::{ContradictionReport, Report};

/// The report, for people.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut text = String::new();
    for (format, (lacks, count)) in report.formats() {
        let files = if count == 1 { "file" } else { "files" };
        let _ = writeln!(text, "{count} {files} of {format}, which lacks {lacks}");
    }
    for unreadable in &report.unreadable {
        let _ = writeln!(text, "could not be read: {unreadable}");
    }
    let more = report.unreadable_beside();
    if more > 0 {
        let _ = writeln!(text, "could not be read: {more} more");
    }
    for found in &report.contradictions {
        text.push('\n');
        write_contradiction(&mut text, found);
    }
    let _ = writeln!(text, "\n{}", report.extent());
    for (reason, count) in report.reasons() {
        let _ = writeln!(text, "  {count:>8}  {reason}");
    }
    if report.forgotten > 0 {
        let times = report.forgotten;
        let _ = writeln!(text, "so much was made that what was known was forgotten {times} times");
    }
    let held = report.rules.values().filter(|it| it.held > 0 && it.contradicted == 0).count();
    let contradicted = report.rules.values().filter(|it| it.contradicted > 0).count();
    let seconds = report.seconds;
    let _ = writeln!(text, "{held} rules held, {contradicted} are contradicted; {seconds:.1} s");
    let _ = writeln!(text, "{}.", report.sentence());
    text
}

/// A contradiction with the calls that led to it.
pub(super) fn write_contradiction(text: &mut String, found: &ContradictionReport) {
    let mark = if found.is_warning() { "WARNING" } else { "CONTRADICTED" };
    let _ = writeln!(
        text,
        "{mark}  {} [{}, {}]  {} times, of the {}",
        found.rule, found.kind, found.evidence, found.count, found.about
    );
    let _ = writeln!(text, "  {}", found.says);
    for source in &found.sources {
        let _ = writeln!(text, "  source    {source}");
    }
    let _ = writeln!(text, "  at        {}", found.place);
    let _ = writeln!(text, "  in        {}", found.operation);
    let _ = writeln!(text, "  expected  {}", found.expected);
    let _ = writeln!(text, "  observed  {}", found.observed);
    for line in found.lines() {
        let _ = writeln!(text, "    {line}");
    }
}
