//! The scorecard as Markdown, for a job summary or a README.

use std::fmt::Write as _;

use super::{Scorecard, State};

/// Renders a scorecard.
#[must_use]
pub fn render(card: &Scorecard) -> String {
    let mut text =
        String::from("# RAM conformance\n\nRules that hold, of those that were judged.\n");
    let labels: Vec<&str> = card.runs.iter().map(|run| run.label.as_str()).collect();
    write_head(&mut text, "topic", &labels);
    for row in &card.topics {
        write_row(&mut text, &row.name, row.values.iter().map(ToString::to_string));
    }
    write_row(&mut text, "**all**", card.total.iter().map(|score| format!("**{score}**")));
    write_row(&mut text, "level", card.runs.iter().map(|run| run.level().to_owned()));
    write_row(&mut text, "verdict", card.runs.iter().map(|run| run.verdict.clone()));
    if card.telling().next().is_some() {
        text.push_str("\n## Rules that a run breaks\n");
        write_head(&mut text, "rule", &labels);
        for row in card.telling() {
            let values = row.values.iter().map(|state| state.map_or("-", State::as_str).to_owned());
            write_row(&mut text, &format!("`{}`", row.name), values);
        }
    }
    for change in &card.changes {
        let _ = writeln!(text, "\n## From {} to {}\n", escape(&change.from), escape(&change.to));
        let mut is_same = true;
        for (label, names) in change.lists().into_iter().filter(|(_, names)| !names.is_empty()) {
            is_same = false;
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(text, "- {label}: {}", names.join(", "));
        }
        if is_same {
            text.push_str("Nothing changed.\n");
        }
    }
    text
}

fn write_head(text: &mut String, first: &str, labels: &[&str]) {
    text.push('\n');
    write_row(text, first, labels.iter().map(|label| escape(label)));
    let _ = writeln!(text, "|{}", "---|".repeat(labels.len() + 1));
}

fn write_row(text: &mut String, first: &str, values: impl Iterator<Item = String>) {
    let _ = write!(text, "| {first} |");
    for value in values {
        let _ = write!(text, " {value} |");
    }
    text.push('\n');
}

/// A name that people chose, inside a table.
fn escape(name: &str) -> String {
    name.replace('|', "\\|").replace('\n', " ")
}
