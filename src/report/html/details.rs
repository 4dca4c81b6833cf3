//! The divergences, by rule.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{copied, diagram, filters, place, scrolling, views};
use crate::report::{DivergenceReport, Group, Report, phrase};
use crate::scenario::Parsed;
use crate::store::scenario_file;

/// The overview of all divergences, and each of them whole.
pub(super) fn section(report: &Report) -> Markup {
    let groups = report.groups();
    html! {
        @if groups.is_empty() {
            p { "Nothing that the run observed differs from what the rules expect." }
        } @else {
            (filters("divergences", "divergences", &kinds(report)))
            (overview(report, &groups))
            @for group in &groups {
                (rule(report, group))
            }
        }
    }
}

/// The kinds of divergences, worst first, each with its number.
fn kinds(report: &Report) -> Vec<(&str, &str, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (place, divergence) in report.divergences.iter().enumerate() {
        counts.entry(divergence.kind).or_insert((place, 0)).1 += 1;
    }
    let mut kinds: Vec<_> = counts.into_iter().collect();
    kinds.sort_by_key(|(_, (place, _))| *place);
    kinds.into_iter().map(|(kind, (_, count))| (kind, kind, count)).collect()
}

fn overview(report: &Report, groups: &[Group<'_>]) -> Markup {
    let rows = groups.iter().flat_map(|group| &group.divergences);
    let table = html! {
        table {
            caption { "All divergences, the rule of the worst first" }
            thead {
                tr {
                    th scope="col" { "Kind" }
                    th scope="col" { "Rule" }
                    th scope="col" { "Seen in" }
                    th scope="col" { "Evidence" }
                    th.number scope="col" { "Steps" }
                }
            }
            tbody {
                @for it in rows {
                    tr data-state=(it.kind) {
                        td { (badge(report, it)) }
                        th scope="row" { a href={ "#" (it.id) } { (it.rule) } }
                        td { (it.operation) " by the " (it.actor_role) }
                        td { (it.evidence) }
                        td.number { (it.steps) }
                    }
                }
            }
        }
    };
    scrolling("All divergences", &table)
}

fn badge(report: &Report, divergence: &DivergenceReport) -> Markup {
    html! {
        span.badge data-fails=(report.is_failure(divergence)) { (divergence.kind) }
        @if !report.is_failure(divergence) { " warning" }
    }
}

fn rule(report: &Report, group: &Group<'_>) -> Markup {
    let first = group.divergences[0];
    html! {
        div.rule {
            h3 { code { (group.rule) } }
            p.says { (first.says) }
            ul.sources {
                @for source in first.sources {
                    li { (place(source.place)) " (" (source.says) ")" }
                }
            }
            p.evidence { "Evidence: " (first.evidence) "." }
            @for divergence in &group.divergences {
                (whole(report, divergence))
            }
        }
    }
}

fn whole(report: &Report, divergence: &DivergenceReport) -> Markup {
    let DivergenceReport { id, operation, actor_role, scenario, replay, .. } = divergence;
    let file = scenario_file(id);
    // A counterexample parses: that was checked before it was reported.
    let parsed = Parsed::read(&file, scenario).ok();
    html! {
        article id=(id) data-state=(divergence.kind) data-text=(id) {
            h4 { (badge(report, divergence)) " in " (operation) " by the " (actor_role) }
            @let does = phrase::kind(divergence.kind);
            @if !does.is_empty() {
                p.kind { (divergence.kind) ": " (does) "." }
            }
            dl.comparison {
                div { dt { "Expected" } dd.good { (divergence.expected) } }
                div { dt { "Observed" } dd.bad { (divergence.observed) } }
            }
            @if let Some(parsed) = &parsed {
                (diagram::draw(parsed, divergence))
                (views::matrices(parsed, divergence))
            }
            details open {
                summary { "Scenario " code { (file) } }
                (copied(scenario.trim_end()))
            }
            p.replay { "Replay it from the folder in which the run was started:" }
            (copied(replay))
            p.found {
                "Found after " (divergence.requests_to_find) " requests, shrunk to "
                (divergence.steps) " steps in " (divergence.requests_to_shrink) " more."
            }
        }
    }
}
