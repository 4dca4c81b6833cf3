//! The report for people: each divergence as a bug report, then a table, then one sentence.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};

use super::{DivergenceReport, KnownReport, ReasonReport, Report};
use crate::outcome::without_ids;
use crate::run::Faults;

/// Renders a report.
#[must_use]
pub fn render(report: &Report, strict: bool) -> String {
    let mut text = String::new();
    write_ended_early(&mut text, report);
    for divergence in &report.divergences {
        write_divergence(&mut text, report, divergence, strict);
    }
    if !report.divergences.is_empty() {
        let _ = writeln!(text, "{}\n", table(report));
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
    write_known(&mut text, report);
    for stored in report.stored.iter().filter(|stored| stored.shown != Some(true)) {
        let how =
            if stored.shown.is_none() { "could not be played" } else { "does not show any more" };
        let _ = writeln!(text, "stored      {}: {how}", stored.name);
    }
    write_open(&mut text, report);
    write_summary(&mut text, report);
    text
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

fn write_divergence(
    text: &mut String,
    report: &Report,
    divergence: &DivergenceReport,
    strict: bool,
) {
    let head = if divergence.advice && !strict { "WARNING " } else { "DIVERGES" };
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
    for (place, source) in divergence.sources.iter().enumerate() {
        let label = if place == 0 { "source" } else { "" };
        let _ = writeln!(text, "  {label:<8}  {}\n            ({})", source.place, source.says);
    }
    let _ = writeln!(
        text,
        "  found     after {} requests, shrunk to {} steps in {} more",
        divergence.requests_to_find, divergence.steps, divergence.requests_to_shrink
    );
    let _ = writeln!(text, "  replay    {}\n", divergence.replay);
}

fn table(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header([
        "rule",
        "kind",
        "operation",
        "role",
        "evidence",
        "steps",
        "requests to find",
    ]);
    for divergence in &report.divergences {
        table.add_row([
            divergence.rule.to_owned(),
            divergence.kind.to_owned(),
            divergence.operation.to_owned(),
            divergence.actor_role.to_owned(),
            divergence.evidence.to_string(),
            divergence.steps.to_string(),
            divergence.requests_to_find.to_string(),
        ]);
    }
    table
}

fn write_summary(text: &mut String, report: &Report) {
    let states = [
        ("conforms", "conforms"),
        ("diverges", "diverges"),
        ("advice", "warning"),
        ("known", "known"),
        ("open", "open"),
        ("unexercised", "unexercised"),
        ("unimplemented", "unimplemented"),
    ];
    let counted = states.iter().map(|(state, word)| (report.rules_in(state), word));
    let counted =
        counted.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let _ = writeln!(text, "rules      {}", counted.collect::<Vec<_>>().join(", "));
    let _ = writeln!(text, "level      {}", report.levels.sentence());
    if !report.missing.is_empty() {
        let mut by_reason: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (way, how) in &report.missing {
            by_reason.entry(without_ids(how)).or_default().push(way);
        }
        for (how, ways) in by_reason {
            let _ = writeln!(text, "missing    {}: {how}", ways.join(", "));
        }
    }
    let per_second = if report.seconds > 0.0 { requests_per(report) } else { 0.0 };
    let _ = writeln!(
        text,
        "played     {} scenarios, {} steps, {} requests in {:.1} s ({per_second:.0} per second), seed {}",
        report.cases, report.steps, report.requests, report.seconds, report.seed
    );
    for (cause, Faults { times, first }) in &report.faults_met {
        let first = first.lines().next().unwrap_or_default();
        let _ = writeln!(text, "faults     {cause}: {times} times, first {first}");
    }
    if report.inconclusive_cases > 0 {
        let (ended, cases) = (report.inconclusive_cases, report.cases);
        let _ = writeln!(text, "note       {ended} of {cases} cases were inconclusive:");
        for ReasonReport { reason, cases } in &report.inconclusive_reasons {
            let _ = writeln!(text, "           {cases:>4}  {reason}");
        }
    }
    if let Some(glob) = &report.rule {
        let _ = writeln!(text, "note       only divergences from the rules {glob} are reported");
    }
    for reason in &report.reasons {
        let _ = writeln!(text, "note       {reason}");
    }
    if let Some(wrong) = &report.systemic {
        let _ = writeln!(text, "wrong      {}: {wrong}", report.target.name);
    }
    let verdict = match report.verdict {
        "diverges" => "diverges from AWS",
        "known" => "diverges from AWS as it is known to, and not otherwise",
        "conforms" => "conforms to AWS, as far as it was put to the test",
        _inconclusive => "can't be judged by this run",
    };
    let _ = writeln!(text, "verdict    {} {verdict}", report.target.name);
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn requests_per(report: &Report) -> f64 {
    report.requests as f64 / report.seconds
}
