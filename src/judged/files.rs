//! The files of a report on recorded traffic, one renderer each.

use super::{Report, html, human, junit};
pub use crate::report::files::RenderError;

/// A renderer of a report.
pub type Render = fn(&Report) -> Result<String, RenderError>;

/// The files that are made of every report, by name. Beside them stand the scenarios of contradictions, each by the
/// id of its contradiction.
pub const FILES: [(&str, Render); 4] = [
    ("results.json", json),
    ("report.txt", |report| Ok(human::text(report))),
    ("report.html", |report| Ok(html::render(report))),
    ("junit.xml", junit::render),
];

fn json(report: &Report) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}
