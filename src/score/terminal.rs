//! The scorecard for a terminal.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};

use super::{Change, Scorecard, State};

/// The width that a terminal has at least.
const WIDTH: u16 = 80;

/// Renders a scorecard: the scores by topic; the rules that a run breaks; what changed.
#[must_use]
pub fn render(card: &Scorecard) -> String {
    let mut text = format!("{}\n\nRules that hold, of those that were judged\n", topics(card));
    if card.telling().next().is_some() {
        let _ = writeln!(text, "\n{}", rules(card));
    }
    for change in &card.changes {
        write_change(&mut text, change);
    }
    text
}

fn table(card: &Scorecard, first: &str) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_MARKDOWN)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(std::iter::once(first).chain(card.runs.iter().map(|run| run.label.as_str())));
    table
}

fn topics(card: &Scorecard) -> Table {
    let mut table = table(card, "topic");
    for row in &card.topics {
        let values = row.values.iter().map(ToString::to_string);
        table.add_row(std::iter::once(row.name.clone()).chain(values));
    }
    let total = card.total.iter().map(ToString::to_string);
    table.add_row(std::iter::once("all".to_owned()).chain(total));
    let levels = card.runs.iter().map(|run| run.level().to_owned());
    table.add_row(std::iter::once("level".to_owned()).chain(levels));
    let verdicts = card.runs.iter().map(|run| run.verdict.clone());
    table.add_row(std::iter::once("verdict".to_owned()).chain(verdicts));
    table
}

fn rules(card: &Scorecard) -> Table {
    let mut table = table(card, "rule");
    for row in card.telling() {
        let values = row.values.iter().map(|state| state.map_or("-", State::as_str));
        table.add_row(std::iter::once(row.name.as_str()).chain(values));
    }
    table
}

fn write_change(text: &mut String, change: &Change) {
    let word = if change.is_regression() { "worse" } else { "no regression" };
    let _ = writeln!(text, "\nfrom {} to {}: {word}", change.from, change.to);
    for (label, names) in change.lists() {
        if !names.is_empty() {
            let _ = writeln!(text, "  {label}");
            for name in names {
                let _ = writeln!(text, "    {name}");
            }
        }
    }
}

impl Change {
    /// Returns what changed, with a heading for each list, worst first.
    pub(super) fn lists(&self) -> [(&'static str, &[String]); 5] {
        [
            ("rules that conformed and diverge now", &self.worse),
            ("operations that are gone", &self.lost),
            ("rules that diverged and conform now", &self.better),
            ("operations that are new", &self.gained),
            (
                "found in the later run alone, of rules that did not conform before",
                &self.also_found,
            ),
        ]
    }
}
