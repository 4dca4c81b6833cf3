//! The report as one page of HTML: no request leaves it, and it can be read without its script.

mod details;
mod diagram;
mod tables;
#[cfg(test)]
mod tests;
mod views;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::phrase::{self, count};
use super::{Report, human};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/filters.js");

/// Nothing may be loaded; the style and the script are the page's own.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
     base-uri 'none'; form-action 'none'";

/// A section of the page.
pub(crate) struct Section {
    /// Its id, by which it is linked to.
    pub(crate) id: &'static str,
    /// Its title.
    pub(crate) title: String,
    /// What stands below the title.
    pub(crate) content: Markup,
}

/// Renders a report.
pub(super) fn render(report: &Report) -> String {
    let verdict = phrase::verdict(report);
    let footer = html! {
        p {
            "Made by Bellwether " (report.bellwether) ". The same as data: " code { "results.json" }
            "; the scenarios lie beside this page."
        }
    };
    page(&verdict, &header(report, &verdict), &sections(report), &footer)
}

/// A page of this title: a header, sections that are linked to from above, and a footer.
pub(crate) fn page(title: &str, header: &Markup, sections: &[Section], footer: &Markup) -> String {
    let body = html! {
        (header)
        nav aria-label="Sections" {
            ul {
                @for section in sections {
                    li { a href={ "#" (section.id) } { (section.title) } }
                }
            }
        }
        main id="main" tabindex="-1" {
            @for section in sections {
                section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                    h2 id={ (section.id) "-title" } { (section.title) }
                    (section.content)
                }
            }
        }
        footer { (footer) }
        script { (PreEscaped(SCRIPT)) }
    };
    document(title, &body)
}

/// A page with this title and body, whose results are in the element `main`.
pub(crate) fn document(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the results" }
                (body)
            }
        }
    };
    page.into_string()
}

/// Lists the sections that have something to say.
fn sections(report: &Report) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut add = |id: &'static str, title: String, content: Option<Markup>| {
        sections.extend(content.map(|content| Section { id, title, content }));
    };
    let found = report.divergences.len();
    let title = match found {
        0 => "No divergence".to_owned(),
        _ => count(found, "divergence"),
    };
    add("divergences", title, Some(details::section(report)));
    add("flaky", "Not confirmed".to_owned(), tables::flaky(report));
    add("rules", "Rules".to_owned(), Some(tables::rules(report)));
    add("settling", "Time to settle".to_owned(), tables::settling(report));
    add("operations", "Operations".to_owned(), Some(tables::operations(report)));
    add("open", "Open questions".to_owned(), tables::open(report));
    add("faults", "Transient faults".to_owned(), tables::faults(report));
    sections
}

fn header(report: &Report, verdict: &str) -> Markup {
    let class = match report.verdict {
        "diverges" => "bad",
        "conforms" => "good",
        _inconclusive => "unsure",
    };
    html! {
        header {
            p.kicker { "Bellwether: does it share like AWS?" }
            h1 class=(class) { (verdict) }
            @if let Some(wrong) = &report.systemic {
                p.note { strong { (report.target.name) ": " } (wrong) }
            }
            @for note in phrase::notes(report) {
                p.note { (note) }
            }
            ul.counts aria-label="Rules by state" {
                @for (state, word, count) in phrase::states(report) {
                    li data-state=(state) { strong { (count) } " " (word) }
                }
            }
            dl.facts {
                (fact("Target", &html! {
                    (report.target.name)
                    @if let Some(version) = &report.target.version { " " (version) }
                    " at " code { (report.target.endpoint) }
                }))
                (fact("Played", &html! { (phrase::played(report)) }))
                (fact("Budget", &html! { (budget(report)) }))
                @if !report.assume.is_empty() {
                    (fact("Assumed, against AWS", &html! { (report.assume.join(", ")) }))
                }
                (fact("Ended", &html! { time datetime=(report.ended_at) { (report.ended_at) } }))
            }
        }
    }
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// Returns the limits of the run as a phrase.
fn budget(report: &Report) -> String {
    let budget = &report.budget;
    let mut parts = vec![format!("{} cases of at most {} steps", budget.cases, budget.steps)];
    parts.extend(budget.requests.map(|most| format!("{most} requests")));
    parts.extend(budget.seconds.map(|most| format!("{most} s")));
    parts.join(", ")
}

/// A table that scrolls sideways by itself where it is too wide, with the keyboard too. The caption names it.
pub(crate) fn scrolling(label: &str, table: &Markup) -> Markup {
    html! { div.scrolls role="group" tabindex="0" aria-label=(label) { (table) } }
}

/// The place of a source, as a link if it is a URL.
pub(crate) fn place(place: &str) -> Markup {
    html! {
        @if human::is_url(place) {
            a href=(place) rel="noreferrer" { (place) }
        } @else {
            (place)
        }
    }
}

/// The form that filters the parts of a region by their state and by text. It shows once the script runs,
/// since it does nothing without.
pub(crate) fn filters(region: &str, what: &str, states: &[(&str, &str, usize)]) -> Markup {
    html! {
        form.filters data-for=(region) hidden {
            fieldset {
                legend { "Show " (what) }
                @for (state, word, count) in states {
                    label { input type="checkbox" value=(state) checked; " " (word) " (" (count) ")" }
                }
            }
            label.search { "with the text " input type="search"; }
            output aria-live="polite" {}
        }
    }
}

/// A text to copy. The button shows once the script runs.
pub(crate) fn copied(text: &str) -> Markup {
    html! {
        div.copied {
            button type="button" data-copy hidden { "Copy" }
            pre tabindex="0" { code { (text) } }
        }
    }
}
