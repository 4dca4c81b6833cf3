//! `bellwether judge`

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::check::{open_store, save_file};
use super::{CONFORMS, CliError, DIVERGES, Format, INCONCLUSIVE, print, print_json};
use crate::follow::{Assumed, Organizations, StreamError, judge_files};
use crate::history::{self, HistoryError};
use crate::judged::files::FILES;
use crate::judged::{AWS, FileReport, Report, human};
use crate::store::{Store, scenario_file};
use crate::target::Bound;

/// The arguments of `bellwether judge`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether judge recorded.jsonl\n\
    The formats: recordings of `bellwether record`, HTTP archives (HAR), CloudTrail (JSON, also with gzip, or a \
    folder of such files; results of Lake as CSV), recordings of placebo, snapshots of LocalStack, cassettes of \
    vcrpy, go-vcr and VCR, and botocore's debug log.\n\
    Only that is judged which the history itself tells; see docs/judging.md.")]
pub(super) struct Judge {
    /// Files and folders of recorded traffic, which are one history together
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the target that was recorded. If it is aws, a contradiction is one of the model, and --bound is
    /// aws unless it is given
    #[arg(long = "as", value_name = "NAME", default_value = "target")]
    target: String,
    /// The longest time that the target took to show a change: for instance 500ms or 2s, or aws for what
    /// clients of AWS wait, or aws*0.1 for a part of that; 0s if it is not given
    #[arg(long, value_name = "BOUND")]
    bound: Option<Bound>,
    /// The accounts of the history are in no organization; without it every combination is held possible
    #[arg(long)]
    standalone: bool,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail on contradictions of inferred rules too
    #[arg(long)]
    strict: bool,
    /// Write results.json, report.html, report.txt, junit.xml and the scenarios into this folder
    #[arg(long, value_name = "FOLDER")]
    report: Option<PathBuf>,
}

impl Judge {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let begun = Instant::now();
        let mut files = Vec::new();
        for path in &self.files {
            for file in history::files(path).map_err(|error| unreadable(&error))? {
                // A folder may hold other files beside those that are recordings.
                match history::format_of(&file) {
                    Ok(format) => files.push((file, format)),
                    Err(HistoryError::UnknownFormat { .. }) if file != *path => {}
                    Err(error) => return Err(unreadable(&error)),
                }
            }
        }
        if files.is_empty() {
            let path = self.files[0].clone();
            return Err(unreadable(&HistoryError::UnknownFormat { path }));
        }
        let store = self.report.as_deref().map(open_store).transpose()?;
        let bound =
            self.bound.unwrap_or(if self.target == AWS { Bound::OfAws(1.0) } else { Bound::ZERO });
        let organizations =
            if self.standalone { Organizations::None } else { Organizations::Unknown };
        let assumed = Assumed { bound, organizations };
        let judged = judge_files(&files, assumed).await.map_err(|error| match error {
            StreamError::History(error) => unreadable(&error),
            StreamError::Target(error) => CliError::Target(error),
        })?;
        let files = files.iter().map(|(path, format)| FileReport {
            file: path.display().to_string(),
            format: format.name,
            lacks: format.lacks,
        });
        let seconds = begun.elapsed().as_secs_f64();
        let report = Report::of(&self.target, self.strict, files.collect(), judged, seconds);
        let written = store.as_ref().map(|store| write(store, &report));
        match self.format {
            Format::Human => print(&human::text(&report))?,
            Format::Json => print_json(&report)?,
        }
        written.transpose()?;
        Ok(match report.verdict {
            "diverges" => DIVERGES,
            "conforms" => CONFORMS,
            _inconclusive => INCONCLUSIVE,
        })
    }
}

/// Writes the files of a report, and the scenario of each contradiction that has one.
fn write(store: &Store, report: &Report) -> Result<(), CliError> {
    for (name, render) in FILES {
        let content = render(report).map_err(|error| CliError::Internal {
            doing: "render the report",
            cause: error.to_string(),
        })?;
        save_file(store, name, &content)?;
    }
    for found in &report.contradictions {
        if let Some(scenario) = &found.scenario {
            save_file(store, &scenario_file(&found.id), scenario)?;
        }
    }
    Ok(())
}

fn unreadable(error: &HistoryError) -> CliError {
    let (path, cause, help): (&Path, String, &str) = match &error {
        HistoryError::File { path, cause } => {
            (path, cause.to_string(), "name a file or folder of recorded traffic")
        }
        HistoryError::UnknownFormat { path } => (
            path,
            "it is in no format that is read here".to_owned(),
            "the formats are: recordings of `bellwether record`, HAR, CloudTrail, results of CloudTrail Lake, \
             placebo, snapshots of LocalStack, cassettes of VCR, and botocore's debug log",
        ),
        HistoryError::Empty { path } => {
            (path, "it holds no files".to_owned(), "name a file or folder of recorded traffic")
        }
    };
    CliError::File { doing: "read", path: path.to_owned(), cause, help: help.to_owned() }
}
