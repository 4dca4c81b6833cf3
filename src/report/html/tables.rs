//! The tables below the divergences.

use std::collections::BTreeMap;

use bellwether_model::rules;
use maud::{Markup, html};

use super::{filters, scrolling};
use crate::report::{OpenReport, Report, phrase};

/// The rules by topic, with their states.
pub(super) fn rules(report: &Report) -> Markup {
    html! {
        p {
            code { "conforms" } " is said only of a rule that could have been seen broken. A rule that nothing "
            "put to the test is " code { "unexercised" } "; one that the target lacks the operations for is "
            code { "unimplemented" } "; one that no public source settles is " code { "open" }
            ", and never judged."
        }
        (filters("rules", "rules", &phrase::states(report)))
        @for topic in rules::TOPICS {
            (self::topic(report, topic))
        }
    }
}

fn topic(report: &Report, topic: &[&'static rules::Rule]) -> Markup {
    let known: Vec<_> =
        topic.iter().filter_map(|rule| Some((rule, report.rules.get(rule.name)?))).collect();
    let Some(name) = topic.first().and_then(|rule| rule.name.split('/').next()) else {
        return html! {};
    };
    let table = html! {
        table.rules {
            caption { "Rules of " (name) }
            thead {
                tr {
                    th scope="col" { "Rule" }
                    th scope="col" { "State" }
                    th.number scope="col" { "Observations" }
                    th scope="col" { "Evidence" }
                }
            }
            tbody {
                @for (rule, state) in &known {
                    tr data-state=(state.state) data-text={ (rule.name) " " (rule.says) } {
                        th scope="row" {
                            code { (rule.name) }
                            span.says { (rule.says) }
                        }
                        td { span.badge data-state=(state.state) { (phrase::word(state.state)) } }
                        td.number { (state.reached) }
                        td {
                            @match rule.sources.first() {
                                Some(source) if crate::report::human::is_url(source.place) =>
                                    a href=(source.place) rel="noreferrer" {
                                        (rule.evidence)
                                        span.heard { ", the source of " (rule.name) }
                                    },
                                _ => (rule.evidence),
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        // The height is estimated until the topic is scrolled to.
        div.topic style={ "--rows:" (known.len()) } {
            h3 { (name) }
            (scrolling(&format!("Rules of {name}"), &table))
        }
    }
}

/// Findings that did not show again.
pub(super) fn flaky(report: &Report) -> Option<Markup> {
    let table = html! {
        table {
            caption { "Findings that did not show again each time; they prove nothing" }
            thead {
                tr {
                    th scope="col" { "Rule" }
                    th scope="col" { "Kind" }
                    th scope="col" { "Seen in" }
                    th.number scope="col" { "Seen again" }
                }
            }
            tbody {
                @for it in &report.flaky {
                    tr {
                        th scope="row" { code { (it.divergence.rule) } }
                        td { (it.divergence.kind) }
                        td { (it.divergence.operation) " by the " (it.divergence.actor_role) }
                        td.number { (it.seen) " of " (it.tries) }
                    }
                }
            }
        }
    };
    (!report.flaky.is_empty()).then(|| scrolling("Findings that did not show again", &table))
}

/// The width of the bars of times.
const WIDTH: u32 = 240;

/// The times until changes were seen, by rule.
pub(super) fn settling(report: &Report) -> Option<Markup> {
    let longest = report.settling.values().map(|it| it.max).max().unwrap_or_default();
    let scaled = |time: u32| time.saturating_mul(WIDTH).checked_div(longest).unwrap_or_default();
    let table = html! {
        table {
            caption { "Milliseconds until a change was seen, by the rule that makes it seen" }
            thead {
                tr {
                    th scope="col" { "Rule" }
                    th.number scope="col" { "p50" }
                    th.number scope="col" { "p95" }
                    th.number scope="col" { "max" }
                    th scope="col" { "p50, p95 and max" }
                }
            }
            tbody {
                @for (rule, it) in &report.settling {
                    tr {
                        th scope="row" { code { (rule) } }
                        td.number { (it.p50) }
                        td.number { (it.p95) }
                        td.number { (it.max) }
                        td {
                            svg.bar width=(WIDTH + 4) height="14" role="img"
                                aria-label={ "p50 " (it.p50) ", p95 " (it.p95) ", max " (it.max) " ms" } {
                                rect.max x="0" y="5" width=(scaled(it.max) + 1) height="4" {}
                                rect.p95 x="0" y="3" width=(scaled(it.p95) + 1) height="8" {}
                                rect.p50 x="0" y="1" width=(scaled(it.p50) + 1) height="12" {}
                            }
                        }
                    }
                }
            }
        }
    };
    (!report.settling.is_empty()).then(|| scrolling("Time to settle", &table))
}

/// The operations, and what else was found missing.
pub(super) fn operations(report: &Report) -> Markup {
    let lacking = |name: &&String| !report.operations.contains_key(name.as_str());
    let others: Vec<&String> = report.missing.keys().filter(lacking).collect();
    let has = report.operations.values().filter(|has| **has).count();
    let states = [("missing", "missing", report.operations.len() - has), ("there", "there", has)];
    let table = html! {
        table {
            caption { "Operations: what is missing was not judged" }
            thead {
                tr {
                    th scope="col" { "Operation" }
                    th scope="col" { "Is it there?" }
                    th scope="col" { "The answer that says so" }
                }
            }
            tbody {
                @for (name, has) in &report.operations {
                    tr data-state=(if *has { "there" } else { "missing" }) data-text=(name) {
                        th scope="row" { code { (name) } }
                        td { @if *has { "there" } @else { strong { "missing" } } }
                        td { (report.missing.get(*name).map_or("", String::as_str)) }
                    }
                }
            }
        }
    };
    html! {
        p { (has) " of " (report.operations.len()) " operations are there." }
        @if !others.is_empty() {
            p { "Missing besides:" }
            ul {
                @for name in others {
                    li { code { (name) } ": " (report.missing[name]) }
                }
            }
        }
        (filters("operations", "operations", &states))
        (scrolling("Operations", &table))
    }
}

/// The questions that no public source settles, with the answers of the target.
pub(super) fn open(report: &Report) -> Option<Markup> {
    let mut asked: BTreeMap<&str, Vec<&OpenReport>> = BTreeMap::new();
    for open in &report.open {
        asked.entry(open.rule).or_default().push(open);
    }
    let table = html! {
        table {
            caption { "What no public source settles, and what the target answered" }
            thead {
                tr {
                    th scope="col" { "Question" }
                    th scope="col" { "Answers" }
                }
            }
            tbody {
                @for (rule, answers) in &asked {
                    tr {
                        th scope="row" {
                            code { (rule) }
                            span.says { (answers[0].question) }
                        }
                        td {
                            ul {
                                @for it in answers {
                                    li {
                                        (it.operation) ": " (it.answer) ", "
                                        @if it.times == 1 { "once" } @else { (it.times) " times" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    (!asked.is_empty()).then(|| scrolling("Open questions", &table))
}

/// The transient faults met, by cause.
pub(super) fn faults(report: &Report) -> Option<Markup> {
    let table = html! {
        table {
            caption { "Faults that prove nothing, and were not judged" }
            thead {
                tr {
                    th scope="col" { "Cause" }
                    th.number scope="col" { "Times" }
                    th scope="col" { "The first of them" }
                }
            }
            tbody {
                @for (cause, faults) in &report.faults_met {
                    tr {
                        th scope="row" { (cause) }
                        td.number { (faults.times) }
                        td { (faults.first) }
                    }
                }
            }
        }
    };
    (!report.faults_met.is_empty()).then(|| scrolling("Transient faults", &table))
}
