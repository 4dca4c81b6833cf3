//! The figures as a table, as a page, and as JSON lines for Etna.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use crate::shrink::PassCounts;

use super::made::{Counts, Made};
use super::recorded::Recorded;
use super::{BASELINE_STEPS, Control, FLOORS, Figures, Measured, Power, WEIGHTED_STEPS};
use crate::explore::STEPS;

/// Renders the figures for people: a line per mutant, then those over all.
#[must_use]
pub fn human(power: &Power) -> String {
    let mut text = String::new();
    if !power.mutants.is_empty() {
        let _ = writeln!(text, "{}\n", table(power));
    }
    if let Some(made) = &power.made {
        let _ = writeln!(text, "{}\n", of_operators(made));
        for (name, outcome) in made.undetected() {
            let _ = writeln!(text, "{:<13}  {name}", outcome.as_str());
        }
    }
    for equivalent in &power.equivalent {
        let _ = writeln!(text, "equivalent  {}: {}", equivalent.name, equivalent.why);
    }
    for control in &power.controls {
        let _ = writeln!(text, "control     {}: {}", control.name, said(control));
    }
    for extra in &power.extra_divergences {
        let _ = writeln!(text, "extra       {extra}");
    }
    for (name, figure) in summary(power) {
        let _ = writeln!(text, "{name:<44}  {figure}");
    }
    text
}

/// The passes of shrinking as a table: what each does, and what it earned in all searches.
fn passes(power: &Power) -> String {
    let mut text = String::from(
        "| pass | what it does | candidates sent | accepted | steps saved | requests |\n\
         |---|---|---|---|---|---|\n",
    );
    for pass in &power.passes {
        let PassCounts { tried, accepted, steps_saved, requests } = pass.counts;
        let _ = writeln!(
            text,
            "| `{}` | {} | {tried} | {accepted} | {steps_saved} | {requests} |",
            pass.name, pass.says
        );
    }
    text
}

/// Renders the figures as a page in Markdown.
#[must_use]
pub fn markdown(power: &Power, command: &str, date: &str) -> String {
    let mut text = format!(
        "# How strong the harness is\n\n\
         This page is written by the command; edit the command, not the page.\n\n\
         ```sh\n{command}\n```\n\n\
         Date: {date}. Version: {}. Seeds: {} to {}.\n\n\
         A mutant is the reference target with one planted fault. It counts as found when a divergence\n\
         is reported that the unmutated target does not show. Requests to find are all requests until\n\
         the answer that shows it, those that set up the accounts included. Suites are not played; they\n\
         seed the corpus of the search, as in `check`. The baseline is the same model in the same run\n\
         with no corpus and no coverage: any account, any operation, uniformly, {BASELINE_STEPS} steps in place\n\
         of {STEPS}. It is shrunk as a library without a model does: each step is dropped in turn, then\n\
         each parameter. Of the sequences in which false alarms are searched, one in twenty is drawn\n\
         as those of the search; the others are drawn step by step, {WEIGHTED_STEPS} steps each.\n\n",
        power.bellwether,
        power.seed,
        power.seed + power.trials.saturating_sub(1),
    );
    let _ = writeln!(text, "## Figures\n\n| what | measured |\n|---|---|");
    for (name, figure) in summary(power) {
        let _ = writeln!(text, "| {name} | {figure} |");
    }
    if !power.extra_divergences.is_empty() {
        text.push_str("\n## Extra divergences\n\nThe planted fault does not explain these.\n\n");
        for extra in &power.extra_divergences {
            let _ = writeln!(text, "- {extra}");
        }
    }
    let _ = writeln!(
        text,
        "\n## Passes of shrinking\n\nWhat each earned in all searches of this run. `power --without NAME` \
         measures the harness without it.\n\n{}",
        passes(power)
    );
    let _ = writeln!(text, "## Mutants\n\n{}", table(power));
    if !power.equivalent.is_empty() {
        let _ = writeln!(text, "\n## Equivalent mutants\n\nNo rule tells these from AWS.\n");
        for equivalent in &power.equivalent {
            let _ = writeln!(text, "- `{}`: {}", equivalent.name, equivalent.why);
        }
    }
    text.extend(power.made.as_ref().map(of_made));
    if !power.controls.is_empty() {
        text.push_str(
            "\n## Controls\n\n\
             Servers that share nothing in earnest, checked with a few suites and cases. None conforms, and\n\
             none earns a rule that it does not keep.\n\n\
             | server | what it does | what is said of it |\n|---|---|---|\n",
        );
        for control in &power.controls {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} |",
                control.name,
                control.description,
                said(control)
            );
        }
    }
    text
}

/// Mutants made by machine as a section of the page.
fn of_made(made: &Made) -> String {
    let mut text = format!(
        "\n## Mutants made by machine\n\n\
         Nobody planted these: operators make {} of what is written down of each operation\n\
         (`bellwether list mutants --made`). Of those that were drawn, each is searched once, with the first\n\
         seed. One is reached once its operation was called with what it is about; triggered once an answer\n\
         differed from that of the reference without it, which is asked the same; detected if a divergence\n\
         is reported. What is not triggered is no mutant, for all that is drawn; what is triggered and not\n\
         detected, the harness is blind to.\n\n{}\n",
        made.made,
        of_operators(made)
    );
    let mut above = None;
    for (name, outcome) in made.undetected() {
        if above.replace(outcome) != Some(outcome) {
            let _ = writeln!(text, "\n### {}\n", capitalized(outcome.as_str()));
        }
        let _ = writeln!(text, "- `{name}`");
    }
    text
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// The figures of each operator that a mutant was drawn of.
fn of_operators(made: &Made) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["operator", "made", "drawn", "reached", "triggered", "detected"]);
    let row = |name: &str, made: usize, counts: &Counts| {
        let Counts { drawn, reached, triggered, detected } = counts;
        [name.to_owned()]
            .into_iter()
            .chain([made, *drawn, *reached, *triggered, *detected].map(|it| it.to_string()))
            .collect::<Vec<_>>()
    };
    for it in made.operators.iter().filter(|it| it.counts.drawn > 0) {
        table.add_row(row(it.name, it.made, &it.counts));
    }
    table.add_row(row("all", made.made, &made.counts));
    table
}

/// Renders a control: the sentence, the verdict, and the rules that conform.
fn said(control: &Control) -> String {
    let sentence = control.says.as_deref().unwrap_or("nothing systemic");
    let earned = control.conforms.len();
    let earned =
        if earned == 0 { "no rule conforms".to_owned() } else { format!("{earned} conform") };
    format!("\"{sentence}\"; {}, {} rules diverge, {earned}", control.verdict, control.diverges)
}

/// Renders a JSON line for each search, as Etna's runners print them.
#[must_use]
pub fn etna(power: &Power) -> String {
    let plain = power.baseline.iter().flat_map(|baseline| &baseline.mutants);
    let ours = power.mutants.iter().map(|measured| ("bellwether", measured));
    let all = ours.chain(plain.map(|measured| ("bellwether-plain", measured)));
    let mut text = String::new();
    for (tool, measured) in all {
        for search in &measured.searches {
            let status = if search.found.is_some() { "failed" } else { "passed" };
            let counterexample = search.found.as_ref().map(|it| it.scenario.as_str());
            let line = json!({
                "status": status,
                "tests": search.cases,
                "discards": 0,
                "time": format!("{}us", search.microseconds),
                "counterexample": counterexample,
                "error": null,
                "tool": tool,
                "property": measured.name,
                "requests": search.requests,
                "seed": search.seed,
            });
            let _ = writeln!(text, "{line}");
        }
    }
    text
}

fn table(power: &Power) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
    let mut head = vec!["mutant", "class", "found", "requests", "steps", "minimum", "to shrink"];
    if power.baseline.is_some() {
        head.extend(["found by baseline", "requests of baseline"]);
    }
    table.set_header(head);
    for (place, measured) in power.mutants.iter().enumerate() {
        let mut row = vec![
            measured.name.to_owned(),
            measured.class.to_owned(),
            found(measured),
            shown(measured.requests_median),
            shown(measured.steps),
            measured.minimum.to_string(),
            shown(measured.shrink_requests_median),
        ];
        if let Some(plain) = power.baseline.as_ref().and_then(|it| it.mutants.get(place)) {
            row.extend([found(plain), shown(plain.requests_median)]);
        }
        table.add_row(row);
    }
    table
}

fn found(measured: &Measured) -> String {
    format!("{}/{}", measured.killed, measured.trials)
}

fn shown(figure: Option<u64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string())
}

/// Returns the figures over all planted mutants, each with its name.
fn of_planted(power: &Power) -> Vec<(String, String)> {
    let figures = &power.figures;
    vec![
        (
            format!("mutants found within {} requests", power.max_requests),
            format!(
                "{} of {} ({:.1}%; at least {}%)",
                figures.found, figures.mutants, figures.found_percent, FLOORS.found_percent
            ),
        ),
        (
            "requests to find, median".to_owned(),
            format!("{} (at most {})", figures.requests_median, FLOORS.requests_median),
        ),
        (
            "counterexamples of the known minimum".to_owned(),
            format!(
                "{:.1}% (at least {}%), {} longer by more than a step",
                figures.at_minimum_percent,
                FLOORS.at_minimum_percent,
                figures.longer_by_more_than_one
            ),
        ),
        (
            "requests to shrink, median".to_owned(),
            format!(
                "{} (at most {})",
                figures.shrink_requests_median, FLOORS.shrink_requests_median
            ),
        ),
    ]
}

/// Returns all figures, each with its name.
fn summary(power: &Power) -> Vec<(String, String)> {
    let mut lines = if power.mutants.is_empty() { Vec::new() } else { of_planted(power) };
    if let Some(made) = &power.made {
        lines.extend(of_made_in_short(made));
    }
    if let Some(baseline) = &power.baseline {
        lines.extend(of_baseline(&baseline.figures, baseline.times_the_requests));
    }
    if !power.mutants.is_empty() {
        lines.extend(reported(power));
    }
    lines.push((
        format!("false alarms in {} sequences, per 1,000", power.sequences),
        format!("{:.1}", power.false_alarms_per_1000),
    ));
    for it in &power.conditions {
        lines.push((
            format!("false alarms in {}: of {} sequences", it.faults, it.sequences),
            format!(
                "{} ({:.1} per 1,000), {} not each time, {} not played",
                it.alarms, it.per_1000, it.unconfirmed, it.unplayed
            ),
        ));
    }
    lines.extend(power.recorded.iter().flat_map(of_recorded));
    lines.push(("time".to_owned(), format!("{:.0} s", power.seconds)));
    lines
}

fn reported(power: &Power) -> [(String, String); 2] {
    let searches = || power.mutants.iter().flat_map(|it| &it.searches);
    let reported: usize = searches().map(|search| search.reported).sum();
    let flaky: usize = searches().map(|search| search.flaky).sum();
    let undecided: usize = searches().map(|search| search.undecided).sum();
    [
        (
            "divergences reported of the mutants".to_owned(),
            format!("{reported}; {flaky} findings flaky, {undecided} undecided"),
        ),
        (
            "extra divergences, not of the planted fault".to_owned(),
            power.extra_divergences.len().to_string(),
        ),
    ]
}

fn of_recorded(recorded: &Recorded) -> [(String, String); 3] {
    let Recorded { mutants, found, found_when_cut, .. } = recorded;
    [
        (
            "recorded: mutants found by `judge`".to_owned(),
            format!("{found} of {mutants} ({:.1}%)", recorded.found_percent),
        ),
        (
            "recorded and cut at a random place: mutants found".to_owned(),
            format!(
                "{found_when_cut} of {mutants} ({:.1}%; at least 50%)",
                recorded.found_when_cut_percent
            ),
        ),
        (
            "recorded: contradictions of the unmutated target".to_owned(),
            recorded.alarms.to_string(),
        ),
    ]
}

fn of_made_in_short(made: &Made) -> [(String, String); 3] {
    let Counts { drawn, triggered, detected, .. } = made.counts;
    [
        (
            "made by machine: triggered".to_owned(),
            format!("{triggered} of {drawn} ({:.1}%)", made.triggered_percent),
        ),
        (
            "made by machine: detected of the triggered".to_owned(),
            format!("{detected} of {triggered} ({:.1}%)", made.detected_percent),
        ),
        (
            "made by machine: requests to detect, median".to_owned(),
            made.requests_median.to_string(),
        ),
    ]
}

fn of_baseline(figures: &Figures, times: f64) -> [(String, String); 4] {
    [
        (
            "baseline: mutants found".to_owned(),
            format!("{} of {} ({:.1}%)", figures.found, figures.mutants, figures.found_percent),
        ),
        (
            "baseline: requests to find, median".to_owned(),
            format!(
                "{} ({times:.1} times as many; at least {})",
                figures.requests_median, FLOORS.times_the_baseline
            ),
        ),
        (
            "baseline: counterexamples of the minimum".to_owned(),
            format!(
                "{:.1}%, {} longer by more than a step",
                figures.at_minimum_percent, figures.longer_by_more_than_one
            ),
        ),
        (
            "baseline: requests to shrink, median".to_owned(),
            figures.shrink_requests_median.to_string(),
        ),
    ]
}
