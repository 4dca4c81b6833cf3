//! Tests of the page: its structure, and that nothing of a target becomes part of it.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::render;
use crate::report::tests::{sample, sample_of};

/// An element with its attributes.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    /// The names of the elements that it lies in, outermost first.
    within: Vec<String>,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of HTML that never have an end.
const VOID: [&str; 4] = ["br", "input", "link", "meta"];

/// Reads the elements of a page, and checks that each ends where it has to. Style and script are left out:
/// they are no markup.
fn elements(page: &str) -> Vec<Element> {
    let body = without(&without(page, "style"), "script");
    let mut reader = Reader::from_str(&body);
    reader.config_mut().check_end_names = false;
    let mut elements = Vec::new();
    let mut within: Vec<String> = Vec::new();
    let read = |start: &BytesStart<'_>, within: &[String]| Element {
        name: start.name().as_ref().to_owned(),
        attributes: start
            .html_attributes()
            .map(|attribute| {
                let attribute = attribute.expect("attributes are well-formed");
                let name = attribute.key.as_ref().to_owned();
                (name, attribute.value.into_owned())
            })
            .collect(),
        within: within.to_vec(),
    };
    loop {
        let event = reader.read_event().expect("it is well-formed");
        if let Event::Start(start) = &event {
            let element = read(start, &within);
            if !VOID.contains(&element.name.as_str()) {
                within.push(element.name.clone());
            }
            elements.push(element);
        } else if let Event::Empty(start) = &event {
            elements.push(read(start, &within));
        } else if let Event::End(end) = &event {
            let name = end.name().as_ref().to_owned();
            assert_eq!(within.pop(), Some(name), "an element ends that is not the last one");
        } else if matches!(event, Event::Eof) {
            break;
        }
    }
    assert_eq!(within, Vec::<String>::new());
    elements
}

fn without(page: &str, name: &str) -> String {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let (before, rest) = page.split_once(&start).expect("it is there");
    let (_, after) = rest.split_once(&end).expect("it ends");
    format!("{before}{after}")
}

#[test]
fn every_fragment_that_is_linked_is_there_once() {
    for report in [sample(), sample_of(40)] {
        let elements = elements(&render(&report));
        let ids: Vec<_> = elements.iter().filter_map(|element| element.get("id")).collect();
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "an id is given twice");
        let links = elements.iter().filter_map(|element| element.get("href")?.strip_prefix('#'));
        let links: BTreeSet<_> = links.collect();
        assert!(links.len() > report.divergences.len());
        assert!(links.iter().all(|link| distinct.contains(link)), "{links:?}");
        assert!(report.divergences.iter().all(|found| links.contains(found.id.as_str())));
    }
}

#[test]
fn headings_leave_no_level_out() {
    let mut last = 0;
    for element in elements(&render(&sample())) {
        let Some(level) = element.name.strip_prefix('h').and_then(|it| it.parse::<u32>().ok())
        else {
            continue;
        };
        assert!(level <= last + 1, "h{level} follows h{last}");
        last = level;
    }
}

#[test]
fn every_table_has_a_caption_and_headers_of_columns_and_rows() {
    let elements = elements(&render(&sample()));
    let count = |name: &str| elements.iter().filter(|element| element.name == name).count();
    let scoped = |scope: &str| {
        let is_it =
            |element: &&Element| element.name == "th" && element.get("scope") == Some(scope);
        elements.iter().filter(is_it).count()
    };
    assert!(count("table") > 30);
    assert_eq!(count("caption"), count("table"));
    assert_eq!(scoped("col") + scoped("row"), count("th"));
    let rows =
        elements.iter().filter(|it| it.name == "tr" && it.within.iter().any(|it| it == "tbody"));
    assert_eq!(scoped("row"), rows.count());
}

#[test]
fn the_page_loads_nothing() {
    let page = render(&sample());
    for element in elements(&page) {
        let names =
            ["img", "link", "iframe", "object", "embed", "video", "audio", "source", "base"];
        assert!(!names.contains(&element.name.as_str()), "{} loads something", element.name);
        assert!(element.get("src").is_none() && element.get("srcset").is_none());
        let is_link = element.get("href").is_none_or(|_| element.name == "a");
        assert!(is_link, "{} refers to something", element.name);
    }
    for forbidden in ["@import", "url(", "fetch(", "import("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"));
}

#[test]
fn what_a_target_or_a_scenario_says_is_text() {
    let page = render(&sample());
    assert_eq!(page.matches("<script").count(), 1, "the page's own");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("&lt;script&gt;alert(2)&lt;/script&gt;"));
    assert!(page.contains("501 &lt;none&gt;"));
}

#[test]
fn each_divergence_has_its_diagram_and_its_matrix() {
    let report = sample();
    let page = render(&report);
    for (place, found) in report.divergences.iter().enumerate() {
        let begin = page.find(&format!("<article id=\"{}\"", found.id)).expect("it is there");
        let article = &page[begin..begin + page[begin..].find("</article>").expect("it ends")];
        assert!(article.contains("<svg"), "{place}");
        assert_eq!(article.matches("class=\"mark\"").count(), 1, "{place}: one line is marked");
        let sees = found.listed.is_some();
        assert_eq!(article.contains("<td class=\"differs\">"), sees, "{place}");
        assert!(article.contains("data-copy"), "{place}");
    }
    let lost = "<span class=\"good\">expected: visible, may launch</span><br>\
         <span class=\"bad\">observed: hidden</span>";
    assert!(page.contains(lost));
    assert!(page.contains("<span class=\"bad\">observed: visible</span>"));
}

#[test]
fn two_hundred_divergences_are_a_page_of_a_few_megabytes() {
    let mut report = sample_of(200);
    report.cases = 10_000;
    let page = render(&report);
    assert_eq!(page.matches("<article").count(), 200);
    assert!(page.len() < 8 << 20, "{} bytes", page.len());
}
