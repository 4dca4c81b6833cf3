//! The files of a report folder, one renderer each.

use thiserror::Error;

use super::{Report, html, human, junit, sarif, summary};

/// A renderer of a report.
pub type Render = fn(&Report) -> Result<String, RenderError>;

/// The files that are made of every report, by name. Beside them stand the scenarios, each by the id of
/// its divergence.
pub const FILES: [(&str, Render); 6] = [
    ("results.json", json),
    ("report.txt", |report| Ok(human::file(report))),
    ("report.html", |report| Ok(html::render(report))),
    ("summary.md", |report| Ok(summary::render(report))),
    ("junit.xml", junit::render),
    ("sarif.json", sarif::render),
];

/// The reason why a file can't be made.
#[derive(Debug, Error)]
pub enum RenderError {
    /// JSON can't be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// XML can't be written.
    #[error(transparent)]
    Junit(#[from] quick_junit::SerializeError),
}

/// The name of the scenario file of a divergence.
#[must_use]
pub fn scenario_file(id: &str) -> String {
    format!("{id}.scenario")
}

fn json(report: &Report) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}
