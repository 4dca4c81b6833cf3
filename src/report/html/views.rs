//! What each account sees, before and after the step after which a divergence shows.

use bellwether_model::view::Seen;
use bellwether_model::{Account, Name};
use maud::{Markup, html};

use super::diagram::is_named;
use super::scrolling;
use crate::predict::{Appearance, Views, predict};
use crate::report::DivergenceReport;
use crate::scenario::{Item, Parsed};

/// The matrices of a scenario, if a resource is made in it: the accounts that it is about, and those that see
/// anything.
pub(super) fn matrices(parsed: &Parsed, divergence: &DivergenceReport) -> Markup {
    let line = divergence.after_line;
    let before = predict(&until(parsed, line)).views;
    let after = predict(&until(parsed, line + 1)).views;
    let named: Vec<&Name> = names(&after).filter(|name| is_spelled(name)).collect();
    let accounts: Vec<Account> = parsed
        .scenario
        .shape
        .actors()
        .iter()
        .copied()
        .filter(|account| {
            is_named(parsed, *account) || sees_any(&before, *account) || sees_any(&after, *account)
        })
        .collect();
    let matrix = |caption: &str, views, divergence| {
        matrix(&format!("{caption} line {line}"), &accounts, &named, views, divergence)
    };
    html! {
        @if !named.is_empty() {
            div.matrices {
                @if divergence.listed.is_some() {
                    (matrix("Expected before", &before, None))
                    (matrix("Expected and observed after", &after, Some(divergence)))
                } @else if before == after {
                    (matrix("Expected before and after", &after, None))
                } @else {
                    (matrix("Expected before", &before, None))
                    (matrix("Expected after", &after, None))
                }
            }
        }
    }
}

/// Whether an account sees anything, or may.
fn sees_any(views: &Views, account: Account) -> bool {
    let is_seen = |sight: &Appearance| sight.seen != Seen::Hidden.as_str() || !sight.judged;
    views.get(&account).is_some_and(|resources| resources.values().any(is_seen))
}

/// The part of a scenario above a line. Claims say nothing that the views need.
fn until(parsed: &Parsed, line: usize) -> Parsed {
    let kept = |(at, item): &(usize, &Item)| *at < line && matches!(item, Item::Step(_));
    let (lines, items) = parsed.lined().filter(kept).map(|(at, item)| (at, item.clone())).unzip();
    let mut part = parsed.clone();
    part.lines = lines;
    part.scenario.items = items;
    part
}

/// The names of all resources, each once.
fn names(views: &Views) -> impl Iterator<Item = &Name> {
    // Every account has a sight of every resource.
    views.values().next().into_iter().flat_map(|resources| resources.keys())
}

/// Whether the scenario names a resource: what nobody names needs no row.
fn is_spelled(name: &Name) -> bool {
    bellwether_model::parameters::is_name(name.as_str())
}

fn matrix(
    caption: &str,
    accounts: &[Account],
    names: &[&Name],
    views: &Views,
    divergence: Option<&DivergenceReport>,
) -> Markup {
    let table = html! {
        table.matrix {
            caption { (caption) }
            thead {
                tr {
                    th scope="col" { "Resource" }
                    @for account in accounts {
                        th scope="col" { (account) }
                    }
                }
            }
            tbody {
                @for name in names {
                    tr {
                        th scope="row" { code { (name) } }
                        @for account in accounts {
                            @let sight = views.get(account).and_then(|seen| seen.get(*name));
                            @let observed = divergence.and_then(|it| observed(it, *account, name));
                            (cell(sight, observed))
                        }
                    }
                }
            }
        }
    };
    scrolling(caption, &table)
}

/// Whether an account sees a resource on the target, if the divergence is about that.
fn observed(divergence: &DivergenceReport, account: Account, name: &Name) -> Option<bool> {
    let listed = divergence.listed.as_ref()?;
    let is_it = divergence.actor == account.to_string() && listed.resource == name.as_str();
    is_it.then_some(listed.observed)
}

fn cell(sight: Option<&Appearance>, observed: Option<bool>) -> Markup {
    let (class, words) = match sight {
        None => ("absent", "not made".to_owned()),
        Some(sight) if !sight.judged => ("open", "open".to_owned()),
        Some(sight) if sight.may.is_empty() => (sight.seen, sight.seen.to_owned()),
        Some(sight) => (sight.seen, format!("{}, may {}", sight.seen, sight.may.join(", "))),
    };
    html! {
        @match observed {
            None => td class=(class) { (words) },
            Some(listed) => td.differs {
                span.good { "expected: " (words) }
                br;
                span.bad { "observed: " @if listed { "visible" } @else { "hidden" } }
            },
        }
    }
}
