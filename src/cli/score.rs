//! `bellwether score`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CONFORMS, CliError, DIVERGES, print, print_json};
use crate::score::{ReadError, Run, Scorecard, badge, markdown, page, terminal};

/// The arguments of `bellwether score`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether score moto-5.1 moto-5.2 --fail-on-regression")]
pub(super) struct Score {
    /// Folders that `check --report` wrote, the earlier run of a target first
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Format of the scorecard; svg is a badge, of one run
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ScoreFormat,
    /// Fail if a target breaks a rule that it kept in its run before, or lacks an operation that it had
    #[arg(long)]
    fail_on_regression: bool,
}

/// The format of a scorecard.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// For a terminal.
    Human,
    /// For programs.
    Json,
    /// For a job summary or a README.
    Markdown,
    /// A page of its own.
    Html,
    /// A badge.
    Svg,
}

impl Score {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        let read = self.reports.iter().map(|path| Run::read(path).map_err(CliError::from));
        let runs = read.collect::<Result<Vec<_>, _>>()?;
        let card = Scorecard::of(&runs);
        match self.format {
            ScoreFormat::Human => print(&terminal::render(&card))?,
            ScoreFormat::Json => print_json(&card)?,
            ScoreFormat::Markdown => print(&markdown::render(&card))?,
            ScoreFormat::Html => print(&page::render(&card))?,
            ScoreFormat::Svg => match (&card.runs[..], &card.total[..]) {
                ([run], [total]) => print(&badge::render(run, *total))?,
                _ => {
                    return Err(CliError::Usage {
                        what: format!("a badge shows one run, and {} are named", runs.len()),
                        help: "name one report folder, or take another --format".to_owned(),
                    });
                }
            },
        }
        Ok(if self.fail_on_regression && card.has_regression() { DIVERGES } else { CONFORMS })
    }
}

impl From<ReadError> for CliError {
    fn from(error: ReadError) -> Self {
        Self::File {
            doing: "read",
            path: error.path,
            cause: error.cause,
            help: "name a folder that `bellwether check --report` wrote".to_owned(),
        }
    }
}
