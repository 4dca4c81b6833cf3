//! The report for people: a summary in 80 columns, and each divergence as a bug report.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use textwrap::{Options, WordSeparator, WordSplitter};

use super::phrase::{self, count};
use super::{DivergenceReport, KnownReport, Report};
use crate::outcome::without_ids;
use crate::run::Faults;

/// The columns that a summary takes at most.
const COLUMNS: usize = 80;

/// The number of divergences that a summary names.
const WORST: usize = 3;

/// The number of missing operations that a summary names at most.
const MISSING: usize = 8;

/// Renders a report for a screen: the summary comes last, where a reader looks first. `hyperlinks` makes
/// links of URLs, for terminals that have them.
#[must_use]
pub fn screen(report: &Report, hyperlinks: bool) -> String {
    let mut text = String::new();
    write_ended_early(&mut text, report);
    write_details(&mut text, report, hyperlinks);
    write_summary(&mut text, report);
    text
}

/// Renders a report for a file: the summary comes first.
#[must_use]
pub fn file(report: &Report) -> String {
    let mut text = String::new();
    write_ended_early(&mut text, report);
    write_summary(&mut text, report);
    let mut details = String::new();
    write_details(&mut details, report, false);
    if !details.is_empty() {
        let _ = write!(text, "\n{}\n", details.trim_end());
    }
    text
}

fn write_details(text: &mut String, report: &Report, hyperlinks: bool) {
    for group in report.groups() {
        for divergence in group.divergences {
            write_divergence(text, report, divergence, hyperlinks);
        }
    }
    for flaky in &report.flaky {
        let (rule, kind) = (flaky.divergence.rule, flaky.divergence.kind);
        let (seen, tries) = (flaky.seen, flaky.tries);
        let _ = writeln!(
            text,
            "flaky       {rule} ({kind}): seen again {seen} of {tries} times; proves nothing"
        );
    }
    for unconfirmed in &report.unconfirmed {
        let (rule, kind) = (unconfirmed.divergence.rule, unconfirmed.divergence.kind);
        let _ = writeln!(text, "unconfirmed {rule} ({kind}): {}; proves nothing", unconfirmed.why);
    }
    write_known(text, report);
    for stored in report.stored.iter().filter(|stored| stored.shown != Some(true)) {
        let how =
            if stored.shown.is_none() { "could not be played" } else { "does not show any more" };
        let _ = writeln!(text, "stored      {}: {how}", stored.name);
    }
    write_open(text, report);
    if is_long(report) {
        text.push_str("The target lacks, and is not judged by:\n\n");
        for lack in missing(report) {
            write_wrapped(text, "  ", "    ", &lack);
        }
        text.push('\n');
    }
}

/// The known divergences, each with its reason.
fn write_known(text: &mut String, report: &Report) {
    for known in &report.known {
        let KnownReport { rule, kind, operation, .. } = known;
        let role = known.actor_role.map(|role| format!(" by the {role}")).unwrap_or_default();
        let field = known.field.as_deref().map(|it| format!(", field {it}")).unwrap_or_default();
        let of_type = known.of_type.map(|it| format!(", type {it}")).unwrap_or_default();
        let what = format!("{rule} ({kind}) in {operation}{role}{field}{of_type}");
        let _ = match (known.state, &known.untested) {
            (_, Some(why)) => writeln!(text, "untested    {what}: {why}"),
            ("shows", None) => writeln!(text, "known       {what}"),
            (_gone, None) => {
                writeln!(text, "gone        {what}: no longer shows, take it out of the file")
            }
        };
        for said in [&known.reason, &known.link].into_iter().filter(|it| !it.is_empty()) {
            let _ = writeln!(text, "            {said}");
        }
    }
    if !report.known.is_empty() {
        text.push('\n');
    }
}

/// The reason that a run ended early, and what it left undone.
fn write_ended_early(text: &mut String, report: &Report) {
    if !report.ended {
        let _ = writeln!(text, "the run has not ended: this is what there was so far\n");
    }
    let Some(early) = &report.ended_early else { return };
    let left = [
        (early.suites.left(), early.suites.planned, "suites not played"),
        (early.cases.left(), early.cases.planned, "cases not drawn"),
        (early.unconfirmed, early.unconfirmed, "findings not confirmed"),
    ];
    let left = left.iter().filter(|(left, ..)| *left > 0);
    let left: Vec<_> = left.map(|(left, of, what)| format!("{left} of {of} {what}")).collect();
    let left = if left.is_empty() { "nothing".to_owned() } else { left.join(", ") };
    let _ = writeln!(text, "the run ended early: {}; left undone: {left}\n", early.why);
}

/// The questions that no source answers, with the target's answers.
fn write_open(text: &mut String, report: &Report) {
    if report.open.is_empty() {
        return;
    }
    let _ =
        writeln!(text, "Questions that no public source settles, and what the target answered:");
    let mut asked = "";
    for open in &report.open {
        if open.rule != asked {
            let _ = writeln!(text, "\n  {}  {}", open.rule, open.question);
            asked = open.rule;
        }
        let times =
            if open.times == 1 { "once".to_owned() } else { format!("{} times", open.times) };
        let _ = writeln!(text, "      {}: {}, {times}", open.operation, open.answer);
    }
    text.push('\n');
}

/// Writes a divergence as a bug report that stands for itself.
pub(super) fn write_divergence(
    text: &mut String,
    report: &Report,
    divergence: &DivergenceReport,
    hyperlinks: bool,
) {
    let head = if report.is_failure(divergence) { "DIVERGES" } else { "WARNING " };
    let DivergenceReport { rule, says, kind, evidence, expected, observed, .. } = divergence;
    let _ = writeln!(text, "{head}  {rule}  [{kind}, {evidence}]  target: {}", report.target.name);
    let _ = writeln!(text, "          {says}\n");
    for line in divergence.scenario.lines().filter(|line| !line.starts_with('#')) {
        let _ = writeln!(text, "    {line}");
    }
    let _ =
        writeln!(text, "\n  in        {} by the {}", divergence.operation, divergence.actor_role);
    if !divergence.types.is_empty() {
        let types: Vec<_> = divergence.types.iter().copied().collect();
        let _ = writeln!(text, "  types     {}", types.join(", "));
    }
    let _ = writeln!(text, "  expected  {expected}");
    let _ = writeln!(text, "  observed  {observed}");
    if let Some(rate) = &divergence.rate {
        let _ = writeln!(text, "  intermittent: {rate}");
    }
    for (place, source) in divergence.sources.iter().enumerate() {
        let label = if place == 0 { "source" } else { "" };
        let at = if hyperlinks { hyperlink(source.place) } else { source.place.to_owned() };
        let _ = writeln!(text, "  {label:<8}  {at}\n            ({})", source.says);
    }
    let _ = writeln!(
        text,
        "  found     after {} requests, shrunk to {} steps in {} more",
        divergence.requests_to_find, divergence.steps, divergence.requests_to_shrink
    );
    let _ = writeln!(text, "  replay    {}\n", divergence.replay);
}

/// A URL as a link to itself, by the control sequence OSC 8; any other text as it is.
fn hyperlink(place: &str) -> String {
    if is_url(place) {
        format!("\u{1b}]8;;{place}\u{1b}\\{place}\u{1b}]8;;\u{1b}\\")
    } else {
        place.to_owned()
    }
}

/// Whether the place of a source is a URL.
pub(super) fn is_url(place: &str) -> bool {
    (place.starts_with("https://") || place.starts_with("http://")) && !place.contains(' ')
}

fn write_summary(text: &mut String, report: &Report) {
    write_entry(text, "verdict", &phrase::verdict(report));
    write_entry(text, "level", &report.levels.sentence());
    write_worst(text, report);
    let states = phrase::states(report);
    let counted = states.iter().map(|(_, word, count)| format!("{count} {word}"));
    write_entry(text, "rules", &counted.collect::<Vec<_>>().join(", "));
    if is_long(report) {
        let missing = report.missing.len();
        write_entry(text, "missing", &format!("{missing} operations or uses of them; not judged"));
    } else {
        for lack in missing(report) {
            write_entry(text, "missing", &lack);
        }
    }
    write_entry(text, "played", &phrase::played(report));
    if report.target.bound_is_measured {
        let bound = &report.target.bound;
        write_entry(text, "bound", &format!("{bound}, as measured; --bound sets another one"));
    }
    for (cause, Faults { times, first }) in &report.faults_met {
        let first = first.lines().next().unwrap_or_default();
        write_entry(text, "faults", &format!("{cause}: {times} times, first {first}"));
    }
    for note in phrase::notes(report) {
        write_entry(text, "note", &note);
    }
    if let Some(wrong) = &report.systemic {
        write_entry(text, "wrong", &format!("{}: {wrong}", report.target.name));
    }
}

/// Whether more is missing than a summary lists. The details list it then.
fn is_long(report: &Report) -> bool {
    report.missing.len() > MISSING
}

/// What is missing, with the answer that shows it: a line for each such answer.
fn missing(report: &Report) -> Vec<String> {
    let mut by_reason: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (way, how) in &report.missing {
        by_reason.entry(without_ids(how)).or_default().push(way);
    }
    let lines = by_reason.into_iter().map(|(how, ways)| format!("{}: {how}", ways.join(", ")));
    lines.collect()
}

/// The worst divergence of each of the first rules, and how many there are beside them.
fn write_worst(text: &mut String, report: &Report) {
    let groups = report.groups();
    for (place, group) in groups.iter().take(WORST).enumerate() {
        let worst = group.divergences[0];
        let label = if place == 0 { "worst" } else { "" };
        let others = match group.divergences.len() {
            1 => String::new(),
            all => format!(", and {} more of this rule", all - 1),
        };
        write_entry(text, label, &format!("{}  {}", worst.kind, worst.rule));
        let (operation, role) = (worst.operation, worst.actor_role);
        write_entry(text, "", &format!("  in {operation} by the {role}{others}"));
    }
    let all = report.divergences.len();
    if groups.len() > WORST {
        let (found, rules) = (count(all, "divergence"), count(groups.len(), "rule"));
        write_entry(text, "", &format!("{found} of {rules} in all"));
    }
}

/// Writes a label and what belongs to it, in lines of 80 columns. Only a word that is longer is broken.
fn write_entry(text: &mut String, label: &str, content: &str) {
    write_wrapped(text, &format!("{label:<11}"), "           ", content);
}

/// Writes lines of 80 columns.
fn write_wrapped(text: &mut String, first: &str, others: &str, content: &str) {
    let options = Options::new(COLUMNS)
        .initial_indent(first)
        .subsequent_indent(others)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(content, options) {
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sample, sample_of};
    use super::{file, screen};

    /// The lines of a summary.
    fn summary(text: &str) -> Vec<&str> {
        let begin = text.find("verdict    ").expect("there is a summary");
        text[begin..].lines().take_while(|line| !line.is_empty()).collect()
    }

    #[test]
    fn a_screen_ends_with_the_summary_and_a_file_begins_with_it() {
        let report = sample();
        let (on_screen, in_file) = (screen(&report, false), file(&report));
        assert!(in_file.starts_with("verdict    moto diverges from AWS\n"), "{in_file}");
        let whole = summary(&on_screen).join("\n") + "\n";
        assert!(on_screen.ends_with(&whole), "{on_screen}");
        assert!(in_file.starts_with(&whole), "{in_file}");
    }

    #[test]
    fn the_summary_names_the_verdict_and_then_the_three_worst_in_80_columns() {
        let mut report = sample_of(9);
        let missing = (0..40).map(|number| (format!("DescribeSomething{number}"), String::new()));
        report.missing = missing.collect();
        report.reasons = vec!["a reason of many words ".repeat(12)];
        let text = screen(&report, false);
        let lines = summary(&text);
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{text}");
        assert!(lines[1].starts_with("level      "), "{text}");
        assert!(lines.iter().any(|line| line.starts_with("worst      leak  ")), "{text}");
        let kinds =
            |line: &&&str| ["leak  ", "lost  "].iter().any(|kind| line[11..].starts_with(kind));
        assert_eq!(lines.iter().filter(kinds).count(), 3, "{text}");
        assert!(text.contains("9 divergences of "), "{text}");
        assert!(lines.len() < 24, "a screen takes it: {text}");
        assert!(text.contains("DescribeSomething39") && !lines.concat().contains("Something39"));
    }

    #[test]
    fn sources_are_links_only_if_the_terminal_has_links() {
        let report = sample();
        assert!(screen(&report, true).contains("\u{1b}]8;;https://docs.aws.amazon.com/"));
        assert!(!screen(&report, false).contains('\u{1b}'));
        assert!(!file(&report).contains('\u{1b}'));
    }

    #[test]
    fn the_divergences_of_a_rule_stand_together() {
        let text = file(&sample());
        let rules: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("DIVERGES  ")?.split(' ').next())
            .collect();
        let mut distinct = rules.clone();
        distinct.dedup();
        let mut once = distinct.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(distinct.len(), once.len(), "{rules:?}");
        assert!(distinct.len() < rules.len(), "{rules:?}");
    }
}
