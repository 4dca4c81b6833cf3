//! The scorecard as a page of HTML, in the style of the report: no request leaves it, and it has no script.

use maud::{Markup, html};

use super::{Change, Row, Score, Scorecard, State};
use crate::report::html::{document, scrolling};

/// Renders a scorecard.
#[must_use]
pub fn render(card: &Scorecard) -> String {
    let body = html! {
        header {
            p.kicker { "Bellwether: does it share like AWS?" }
            h1 { "RAM conformance" }
        }
        main id="main" tabindex="-1" {
            section aria-labelledby="topics-title" {
                h2 id="topics-title" { "Topics" }
                (scrolling("Topics", &topics(card)))
            }
            @if card.telling().next().is_some() {
                section aria-labelledby="rules-title" {
                    h2 id="rules-title" { "Rules that a run breaks" }
                    (scrolling("Rules that a run breaks", &rules(card)))
                }
            }
            @if !card.changes.is_empty() {
                section aria-labelledby="changes-title" {
                    h2 id="changes-title" { "Changes" }
                    @for change in &card.changes {
                        (changed(change))
                    }
                }
            }
        }
    };
    document("RAM conformance", &body)
}

/// The head of a table: a column for each run.
fn head(card: &Scorecard, first: &str) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" { (first) }
                @for run in &card.runs {
                    th scope="col" { (run.label) }
                }
            }
        }
    }
}

fn topics(card: &Scorecard) -> Markup {
    html! {
        table {
            caption { "Rules that hold, of those that were judged" }
            (head(card, "Topic"))
            tbody {
                @for Row { name, values } in &card.topics {
                    tr {
                        th scope="row" { (name) }
                        @for score in values { td { (shown(*score)) } }
                    }
                }
                tr {
                    th scope="row" { "all" }
                    @for score in &card.total { td { strong { (score) } } }
                }
                tr {
                    th scope="row" { "level" }
                    @for run in &card.runs { td { (run.level()) } }
                }
                tr {
                    th scope="row" { "verdict" }
                    @for run in &card.runs { td { (badge(&run.verdict, &run.verdict)) } }
                }
            }
        }
    }
}

/// A score, marked where each judged rule holds.
fn shown(score: Score) -> Markup {
    let is_full = score.judged > 0 && score.hold == score.judged;
    html! {
        @if is_full { (badge("conforms", &score.to_string())) } @else { (score) }
    }
}

fn badge(state: &str, text: &str) -> Markup {
    html! { span.badge data-state=(state) { (text) } }
}

fn rules(card: &Scorecard) -> Markup {
    html! {
        table {
            caption { "The state of each rule that a run breaks" }
            (head(card, "Rule"))
            tbody {
                @for Row { name, values } in card.telling() {
                    tr {
                        th scope="row" { code { (name) } }
                        @for state in values { td { (state_of(*state)) } }
                    }
                }
            }
        }
    }
}

fn state_of(state: Option<State>) -> Markup {
    html! {
        @match state {
            Some(state) => (badge(state.word(), state.as_str())),
            None => "-",
        }
    }
}

fn changed(change: &Change) -> Markup {
    let word = if change.is_regression() { "worse" } else { "no regression" };
    let lists = change.lists();
    html! {
        h3 { "From " (change.from) " to " (change.to) ": " (word) }
        @if lists.iter().all(|(_, names)| names.is_empty()) {
            p { "Nothing changed." }
        }
        ul {
            @for (label, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
                li {
                    (label) ": "
                    @for (place, name) in names.iter().enumerate() {
                        @if place > 0 { ", " }
                        code { (name) }
                    }
                }
            }
        }
    }
}
