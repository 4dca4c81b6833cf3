//! The files of a report folder, one renderer each.

use std::path::PathBuf;

use thiserror::Error;

use super::{Report, html, human, junit, sarif, summary};
use crate::store::{Store, scenario_file};

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

/// The reason that a report can't be saved.
#[derive(Debug, Error)]
pub enum SaveError {
    /// A file can't be made.
    #[error("failed to render the report: {0}")]
    Unrendered(#[from] RenderError),
    /// A file can't be written.
    #[error("failed to write {}: {cause}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The reason.
        cause: std::io::Error,
    },
}

/// Writes the files of a report, and the scenario of each divergence.
///
/// # Errors
///
/// A file can't be made or written; those before it are there.
pub fn save(report: &Report, store: &Store) -> Result<(), SaveError> {
    let write = |name: &str, content: &str| {
        let unwritable = |cause| SaveError::Unwritable { path: store.path(name), cause };
        store.write(name, content).map_err(unwritable)
    };
    for (name, render) in FILES {
        write(name, &render(report)?)?;
    }
    for divergence in &report.divergences {
        write(&scenario_file(&divergence.id), &divergence.scenario)?;
    }
    Ok(())
}

fn json(report: &Report) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}
