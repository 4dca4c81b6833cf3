//! `bellwether score`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::check::{exit_code, has_hyperlinks, open_store};
use super::{CONFORMS, CliError, DIVERGES, print, print_json};
use crate::report::files::save;
use crate::report::shard::{MergeError, Shard, merged};
use crate::report::{Report, human, summary};
use crate::score::{ReadError, Run, Scorecard, badge, markdown, page, terminal};

/// The arguments of `bellwether score`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether score moto-5.1 moto-5.2 --fail-on-regression\n\
    One report of the reports of four shards:\n  \
    bellwether check --shard 1/4 --report shard-1    (on each machine its own)\n  \
    bellwether score --merge shard-1 shard-2 shard-3 shard-4 --report report")]
#[expect(clippy::struct_excessive_bools, reason = "one for each option without a value")]
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
    /// Make the report of one run of the folders of all its shards, in place of a scorecard
    #[arg(long, conflicts_with = "fail_on_regression")]
    merge: bool,
    /// Write the merged report into this folder, as `check --report` does
    #[arg(long, value_name = "DIR", requires = "merge")]
    report: Option<PathBuf>,
    /// Fail on divergences from inferred rules too
    #[arg(long, requires = "merge")]
    strict: bool,
    /// Fail if a known divergence no longer shows
    #[arg(long, requires = "merge")]
    strict_known: bool,
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
        if self.merge {
            return self.merge();
        }
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

impl Score {
    /// Makes one report of the reports of shards, and ends as the one run would.
    fn merge(&self) -> Result<u8, CliError> {
        let store = self.report.as_deref().map(open_store).transpose()?;
        let shards = self.reports.iter().map(|folder| Shard::read(folder));
        let shards = shards.collect::<Result<Vec<_>, _>>()?;
        let is_interrupted = shards.iter().any(Shard::is_interrupted);
        let merged = merged(shards, self.report.as_deref())?;
        let report = Report { strict: self.strict, ..merged };
        if let Some(store) = &store {
            save(&report, store)?;
        }
        match self.format {
            ScoreFormat::Human => print(&human::screen(&report, has_hyperlinks()))?,
            ScoreFormat::Json => print_json(&report)?,
            ScoreFormat::Markdown => print(&summary::render(&report))?,
            ScoreFormat::Html | ScoreFormat::Svg => {
                return Err(CliError::Usage {
                    what: "a merged report is printed as human, json or markdown".to_owned(),
                    help: "with --report DIR it is written as report.html and in all other formats"
                        .to_owned(),
                });
            }
        }
        Ok(exit_code(&report, self.strict_known, is_interrupted))
    }
}

impl From<MergeError> for CliError {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::Unreadable { path, cause } => Self::File {
                doing: "read",
                path,
                cause,
                help: "name the folders that `bellwether check --shard K/N --report DIR` wrote"
                    .to_owned(),
            },
            MergeError::Mismatch(what) => Self::Usage {
                what,
                help:
                    "name the report folder of each shard once, all of one run: they differ in the \
                       K of --shard K/N alone"
                        .to_owned(),
            },
        }
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
