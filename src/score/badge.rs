//! The score of one run as an SVG badge.

use super::{Column, Score};

/// The width of a character of Verdana at 11 pixels, and the space around a text.
const CHARACTER: usize = 7;
const SPACE: usize = 10;

/// The text at the left.
const LABEL: &str = "RAM conformance";

/// Renders the badge: the rules that hold of those that were judged, in green if no firm rule is broken.
#[must_use]
pub fn render(run: &Column, score: Score) -> String {
    let value = format!("{score} rules");
    let color = match run.verdict.as_str() {
        "conforms" => "#2e7d32",
        "diverges" => "#b3261e",
        _ => "#616161",
    };
    let width = |text: &str| text.chars().count() * CHARACTER + SPACE;
    let (left, right) = (width(LABEL), width(&value));
    let all = left + right;
    let (at, then) = (left / 2, left + right / 2);
    let verdict = &run.verdict;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="20" role="img" aria-label="{LABEL}: {value}, {verdict}">
  <title>{LABEL}: {value}, {verdict}</title>
  <rect width="{left}" height="20" fill="#444"/>
  <rect x="{left}" width="{right}" height="20" fill="{color}"/>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="{at}" y="14">{LABEL}</text>
    <text x="{then}" y="14">{value}</text>
  </g>
</svg>
"##
    )
}
