//! A scenario as a sequence diagram: a lifeline for each account and one for the target.

use bellwether_model::Account;
use maud::{Markup, html};

use crate::predict::{Prediction, predict};
use crate::report::DivergenceReport;
use crate::scenario::{Item, Parsed};

/// The distance of lifelines.
const LANE: usize = 88;
/// The place of the first lifeline.
const FIRST: usize = 48;
/// The height of the boxes that name the lifelines.
const HEAD: usize = 34;
/// The height of a line of text.
const LINE: usize = 15;
/// The characters of a line of text at most.
const COLUMNS: usize = 80;
/// The width of a character of the diagram's font, in tenths.
const CHARACTER: usize = 73;

/// What a line of text says, which is how it looks.
#[derive(Copy, Clone)]
enum Sort {
    Call,
    Answer,
    Expected,
    Observed,
}

impl Sort {
    fn class(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Answer => "answer",
            Self::Expected => "good",
            Self::Observed => "bad",
        }
    }
}

/// A step or a claim, as a row of the diagram.
struct Row {
    /// The account that acts.
    account: Option<Account>,
    /// Whether something is called or only claimed.
    is_call: bool,
    diverges: bool,
    texts: Vec<(Sort, String)>,
}

impl Row {
    fn height(&self) -> usize {
        self.texts.len() * LINE + 17
    }

    /// Adds a text in as many lines as it takes.
    fn say(&mut self, sort: Sort, text: &str) {
        let lines = textwrap::wrap(text, textwrap::Options::new(COLUMNS).subsequent_indent("  "));
        self.texts.extend(lines.into_iter().map(|line| (sort, line.into_owned())));
    }
}

/// Draws a scenario, with the line that diverges marked.
pub(super) fn draw(parsed: &Parsed, divergence: &DivergenceReport) -> Markup {
    let rows = rows(parsed, divergence);
    let actors = parsed.scenario.shape.actors();
    let lanes: Vec<Account> =
        actors.iter().copied().filter(|actor| is_named(parsed, *actor)).collect();
    let service = FIRST + lanes.len() * LANE;
    let width = service + 24 + COLUMNS * CHARACTER / 10;
    let height = HEAD + rows.iter().map(Row::height).sum::<usize>() + 8;
    let title = format!("Sequence of the {} steps that show it", divergence.steps);
    let tops: Vec<usize> = rows
        .iter()
        .scan(HEAD, |below, row| {
            let top = *below;
            *below += row.height();
            Some(top)
        })
        .collect();
    html! {
        figure {
            figcaption { (title) }
            div.scrolls role="group" tabindex="0" aria-label=(title) {
                svg width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) }
                    role="img" aria-label=(description(&rows)) {
                    @for (place, account) in lanes.iter().enumerate() {
                        (lifeline(FIRST + place * LANE, height, &account.to_string(), "account"))
                    }
                    (lifeline(service, height, "target", "service"))
                    @for (row, top) in rows.iter().zip(tops) {
                        (draw_row(row, &lanes, service, top))
                    }
                }
            }
        }
    }
}

/// Whether an account acts in a scenario, is claimed about or is named by a call.
pub(super) fn is_named(parsed: &Parsed, account: Account) -> bool {
    parsed.scenario.items.iter().any(|item| match item {
        Item::Step(step) => step.actor == account || step.call.actors().contains(&account),
        Item::Claim(claim) => claim.actor == account,
        Item::Comment(_) | Item::Reply(_) => false,
    })
}

fn rows(parsed: &Parsed, divergence: &DivergenceReport) -> Vec<Row> {
    let prediction = predict(parsed);
    let mut rows: Vec<Row> = Vec::new();
    for (line, item) in parsed.lined() {
        let (account, is_call, text) = match item {
            Item::Comment(_) => continue,
            Item::Step(step) => (Some(step.actor), true, item.to_string()),
            Item::Claim(claim) => (Some(claim.actor), false, item.to_string()),
            Item::Reply(_) => (None, false, item.to_string()),
        };
        let mut row =
            Row { account, is_call, diverges: line == divergence.line, texts: Vec::new() };
        row.say(Sort::Call, &format!("{line}  {text}"));
        if row.diverges {
            row.say(Sort::Expected, &format!("expected: {}", divergence.expected));
            row.say(Sort::Observed, &format!("observed: {}", divergence.observed));
        } else if is_call {
            row.say(Sort::Answer, &answer(&prediction, line));
        }
        rows.push(row);
    }
    rows
}

/// Returns the expected answer to the step of a line in words.
fn answer(prediction: &Prediction, line: usize) -> String {
    let step = prediction.steps.iter().find(|step| step.line == line);
    match step.map(|step| (step.granted, &step.codes)) {
        Some((Some(true), _)) => "granted".to_owned(),
        Some((Some(false), codes)) => format!("refused, {}", codes.join(" or ")),
        Some((None, _)) | None => "open".to_owned(),
    }
}

/// Returns the diagram in words, for those who do not see it.
fn description(rows: &[Row]) -> String {
    let texts = rows.iter().flat_map(|row| row.texts.iter().map(|(_, text)| text.trim()));
    texts.collect::<Vec<_>>().join("; ")
}

fn lifeline(x: usize, height: usize, name: &str, class: &str) -> Markup {
    html! {
        g class=(class) {
            line x1=(x) y1=(HEAD - 8) x2=(x) y2=(height - 4) {}
            rect x=(x - 42) y="2" width="84" height=(HEAD - 10) rx="4" {}
            text x=(x) y=(HEAD - 14) text-anchor="middle" { (name) }
        }
    }
}

fn draw_row(row: &Row, lanes: &[Account], service: usize, top: usize) -> Markup {
    let lane = row.account.and_then(|account| lanes.iter().position(|lane| *lane == account));
    let y = top + 13;
    html! {
        g.diverges[row.diverges] {
            @if row.diverges {
                rect.mark x="0" y=(top) width="100%" height=(row.height() - 4) {}
            }
            @if let Some(lane) = lane {
                @let x = FIRST + lane * LANE;
                circle cx=(x) cy=(y) r="4" {}
                line.arrow.claim[!row.is_call] x1=(x + 4) y1=(y) x2=(service - 7) y2=(y) {}
                path.head d={ "M" (service - 9) " " (y - 4) "L" (service - 1) " " (y) "L" (service - 9) " " (y + 4) "Z" } {}
            }
            @for (place, (sort, text)) in row.texts.iter().enumerate() {
                text class=(sort.class()) x=(service + 14) y=(y + 4 + place * LINE) { (text) }
            }
        }
    }
}
