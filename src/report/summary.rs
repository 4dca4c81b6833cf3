//! The report as Markdown, for the summary of a job: the verdict first, the scenarios folded in.

use std::fmt::Write as _;

use super::human::is_url;
use super::phrase::{self, count};
use super::{DivergenceReport, Report};

/// The number of scenarios that a summary holds: GitHub takes no summary above 1 MiB.
const SCENARIOS: usize = 50;

/// Renders a report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    let mark = match report.verdict {
        "diverges" => "❌",
        "conforms" => "✅",
        _inconclusive => "⚠️",
    };
    let _ = writeln!(text, "## {mark} {}\n", escaped(&phrase::verdict(report)));
    let states = phrase::states(report);
    let counted = states.iter().map(|(_, word, count)| format!("{count} {word}"));
    let _ = writeln!(text, "Rules: {}.", counted.collect::<Vec<_>>().join(", "));
    let _ = writeln!(text, "Played: {}.\n", escaped(&phrase::played(report)));
    let wrong = report.systemic.iter().map(|wrong| format!("{}: {wrong}", report.target.name));
    for note in phrase::notes(report).into_iter().chain(wrong) {
        let _ = writeln!(text, "> {}\n", escaped(&note));
    }
    if !report.divergences.is_empty() {
        write_table(&mut text, report);
        for divergence in report.divergences.iter().take(SCENARIOS) {
            write_scenario(&mut text, divergence);
        }
        if report.divergences.len() > SCENARIOS {
            let left = count(report.divergences.len() - SCENARIOS, "more scenario");
            let _ = writeln!(text, "{left} in `report.html`.\n");
        }
    }
    if !report.missing.is_empty() {
        let missing: Vec<_> = report.missing.keys().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(
            text,
            "<details><summary>Not implemented, and not judged: {}</summary>\n\n{}\n\n</details>",
            missing.len(),
            missing.join(", ")
        );
    }
    text
}

fn write_table(text: &mut String, report: &Report) {
    let found = count(report.divergences.len(), "divergence");
    let _ = writeln!(text, "### {found}, worst first\n");
    text.push_str("| kind | rule | operation | by the | expected | observed |\n");
    text.push_str("|---|---|---|---|---|---|\n");
    for group in report.groups() {
        for it in group.divergences {
            let warning = if report.is_failure(it) { "" } else { " (warning)" };
            let _ = writeln!(
                text,
                "| {}{warning} | `{}` | {} | {} | {} | {} |",
                it.kind,
                it.rule,
                it.operation,
                it.actor_role,
                escaped(&it.expected),
                escaped(&it.observed)
            );
        }
    }
    text.push('\n');
}

fn write_scenario(text: &mut String, divergence: &DivergenceReport) {
    let DivergenceReport { rule, says, kind, operation, scenario, .. } = divergence;
    let _ = writeln!(
        text,
        "<details><summary><code>{rule}</code>: {kind} in {operation}</summary>\n\n{}\n",
        escaped(says)
    );
    write_code(text, scenario.trim_end());
    let _ = writeln!(
        text,
        "- expected: {}\n- observed: {}",
        escaped(&divergence.expected),
        escaped(&divergence.observed)
    );
    for source in divergence.sources {
        let place = if is_url(source.place) {
            format!("<{}>", source.place)
        } else {
            escaped(source.place)
        };
        let _ = writeln!(text, "- source: {place} ({})", escaped(source.says));
    }
    text.push('\n');
    write_code(text, &divergence.replay);
    text.push_str("</details>\n\n");
}

/// Writes a block of code, with a fence that is longer than any in it.
fn write_code(text: &mut String, code: &str) {
    let longest = code.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let _ = writeln!(text, "{fence}text\n{code}\n{fence}\n");
}

/// Text in one line, with what Markdown or HTML would read as its own escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(it);
            }
            '\n' | '\r' => escaped.push(' '),
            it if it.is_control() => {}
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sample, sample_of};
    use super::{escaped, render, write_code};

    #[test]
    fn the_verdict_comes_first_and_the_worst_divergence_heads_the_table() {
        let text = render(&sample());
        assert!(text.starts_with("## ❌ moto diverges from AWS\n"), "{text}");
        let row = text.lines().find(|line| line.starts_with("| leak")).unwrap();
        let first = text.lines().skip_while(|line| !line.starts_with("|---")).nth(1).unwrap();
        assert_eq!(row, first);
    }

    #[test]
    fn each_scenario_is_folded_in() {
        let report = sample();
        let text = render(&report);
        assert_eq!(text.matches("<details>").count(), report.divergences.len() + 1);
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
        for divergence in &report.divergences {
            assert!(text.contains(divergence.scenario.trim_end()), "{text}");
            assert!(text.contains(&divergence.replay), "{text}");
        }
    }

    #[test]
    fn a_summary_of_many_divergences_is_taken_by_github() {
        let text = render(&sample_of(2000));
        assert!(text.len() < 1 << 20, "{} bytes", text.len());
        assert!(text.contains("1950 more scenarios in `report.html`."), "{}", &text[..2000]);
    }

    #[test]
    fn what_a_target_says_is_no_markup() {
        assert_eq!(escaped("<b>|`x`\n[a](b)"), "&lt;b&gt;\\|\\`x\\` \\[a\\](b)");
        let mut text = String::new();
        write_code(&mut text, "a ```` b");
        assert_eq!(text, "`````text\na ```` b\n`````\n\n");
    }
}
