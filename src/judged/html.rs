//! The report on recorded traffic as one page of HTML, in the frame of the other reports.

use bellwether_model::rules;
use maud::{Markup, html};

use super::{ContradictionReport, Report};
use crate::report::html::{Section, copied, filters, page, place, scrolling};
use crate::report::phrase;

/// The states that rules may be in, worst first.
const STATES: [&str; 4] = ["diverges", "advice", "conforms", "unexercised"];

/// Renders a report.
pub(super) fn render(report: &Report) -> String {
    let title = match report.contradictions.len() {
        0 => "No contradiction".to_owned(),
        found => phrase::count(found, "contradiction"),
    };
    let mut sections = vec![
        Section { id: "contradictions", title, content: contradictions(report) },
        Section { id: "rules", title: "Rules".to_owned(), content: rules(report) },
        Section { id: "unjudged", title: "Not judged".to_owned(), content: unjudged(report) },
        Section { id: "files", title: "Files".to_owned(), content: files(report) },
    ];
    if report.unreadable_count > 0 {
        let title = "Could not be read".to_owned();
        sections.push(Section { id: "unreadable", title, content: unreadable(report) });
    }
    let footer = html! {
        p {
            "Made by Bellwether " (report.bellwether) ". The same as data: " code { "results.json" }
            "; the scenarios lie beside this page."
        }
    };
    page(&report.sentence(), &header(report), &sections, &footer)
}

fn header(report: &Report) -> Markup {
    let class = match report.verdict {
        "diverges" => "bad",
        "conforms" => "good",
        _inconclusive => "unsure",
    };
    html! {
        header {
            p.kicker { "Bellwether: recorded traffic, held against the model" }
            h1 class=(class) { (report.sentence()) }
            ul.counts aria-label="Rules by state" {
                @for (state, word, count) in states(report) {
                    li data-state=(state) { strong { (count) } " " (word) }
                }
            }
            dl.facts {
                div { dt { "History" } dd { (report.extent()) } }
            }
        }
    }
}

/// The states that rules are in, each with its word and the number of its rules.
fn states(report: &Report) -> Vec<(&'static str, &'static str, usize)> {
    let count = |state| rules::all().filter(|rule| report.state(rule) == state).count();
    let counted = STATES.iter().map(|state| (*state, phrase::word(state), count(*state)));
    counted.filter(|(.., count)| *count > 0).collect()
}

fn contradictions(report: &Report) -> Markup {
    html! {
        @if report.contradictions.is_empty() {
            p { "Nothing that was judged differs from what the rules expect." }
        }
        @for found in &report.contradictions {
            (contradiction(report, found))
        }
    }
}

fn contradiction(report: &Report, found: &ContradictionReport) -> Markup {
    let lines: Vec<&str> = found.lines().collect();
    html! {
        article id=(found.id) data-state=(found.kind) data-text=(found.id) {
            h3 {
                span.badge data-fails=(report.is_failure(found)) { (found.kind) }
                @if !report.is_failure(found) { " warning" }
                " " code { (found.rule) } " in " (found.operation)
            }
            p.says { (found.says) }
            ul.sources {
                @for source in &found.sources {
                    li { (place(source)) }
                }
            }
            p.evidence { "Evidence: " (found.evidence) ". A contradiction of the " (found.about) "." }
            dl.comparison {
                div { dt { "Expected" } dd.good { (found.expected) } }
                div { dt { "Observed" } dd.bad { (found.observed) } }
            }
            p.found { (found.count) " times, first at " code { (found.place) } }
            details open {
                summary {
                    @if found.scenario.is_some() { "Scenario" } @else { "The calls that led to it" }
                }
                (copied(&lines.join("\n")))
            }
        }
    }
}

fn rules(report: &Report) -> Markup {
    let table = html! {
        table.rules {
            caption { "Rules that answers were held against" }
            thead {
                tr {
                    th scope="col" { "Rule" }
                    th scope="col" { "State" }
                    th.number scope="col" { "Held" }
                    th.number scope="col" { "Contradicted" }
                    th.number scope="col" { "Could not be judged" }
                    th scope="col" { "Evidence" }
                }
            }
            tbody {
                @for rule in rules::all() {
                    @if let Some(counts) = report.rules.get(rule.name) {
                        tr data-state=(report.state(rule)) data-text={ (rule.name) " " (rule.says) } {
                            th scope="row" {
                                code { (rule.name) }
                                span.says { (rule.says) }
                            }
                            td {
                                span.badge data-state=(report.state(rule)) {
                                    (phrase::word(report.state(rule)))
                                }
                            }
                            td.number { (counts.held) }
                            td.number { (counts.contradicted) }
                            td.number { (counts.unjudged) }
                            td { (rule.evidence) }
                        }
                    }
                }
            }
        }
    };
    let known = |state| {
        let known = rules::all().filter(|rule| report.rules.contains_key(rule.name));
        known.filter(|rule| report.state(rule) == state).count()
    };
    let shown = STATES.iter().map(|state| (*state, phrase::word(state), known(*state)));
    let shown: Vec<_> = shown.filter(|(.., count)| *count > 0).collect();
    html! {
        (filters("rules", "rules", &shown))
        (scrolling("Rules that answers were held against", &table))
    }
}

fn unjudged(report: &Report) -> Markup {
    let counted = |caption: &str, what: &str, rows: &[(&str, u64)]| {
        let table = html! {
            table {
                caption { (caption) }
                thead { tr { th scope="col" { (what) } th.number scope="col" { "Events" } } }
                tbody {
                    @for (name, count) in rows {
                        tr { th scope="row" { (name) } td.number { (count) } }
                    }
                }
            }
        };
        scrolling(caption, &table)
    };
    let skipped: Vec<_> =
        report.skipped.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    html! {
        p { "Only that is judged which the history itself tells." }
        (counted("Events that were not judged", "Reason", &report.reasons()))
        (counted("Events of operations that are not followed", "Operation", &skipped))
    }
}

fn files(report: &Report) -> Markup {
    let table = html! {
        table {
            caption { "Formats of the files" }
            thead {
                tr {
                    th scope="col" { "Format" }
                    th.number scope="col" { "Files" }
                    th scope="col" { "What it lacks" }
                }
            }
            tbody {
                @for (format, (lacks, count)) in report.formats() {
                    tr { th scope="row" { (format) } td.number { (count) } td { (lacks) } }
                }
            }
        }
    };
    scrolling("Formats of the files", &table)
}

fn unreadable(report: &Report) -> Markup {
    html! {
        ul {
            @for unreadable in &report.unreadable {
                li { (unreadable) }
            }
        }
        @if report.unreadable_beside() > 0 {
            p { (report.unreadable_beside()) " more." }
        }
    }
}
