//! `bellwether judge`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bellwether_model::rules::Evidence;
use clap::Args;
use serde::Serialize;

use super::{CONFORMS, CliError, DIVERGES, Format, INCONCLUSIVE, print, print_json};
use crate::follow::{Assumed, Counts, Judged, Organizations, StreamError, judge_files};
use crate::history::{self, HistoryError};
use crate::target::Bound;

/// The arguments of `bellwether judge`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether judge recorded.jsonl\n\
    The formats: recordings of `bellwether record`, HTTP archives (HAR), CloudTrail (JSON, also with gzip, or a \
    folder of such files), recordings of placebo and snapshots of LocalStack.\n\
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
}

/// The name of the target that the model is about.
const AWS: &str = "aws";

/// The result, as the JSON output has it.
#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    target: String,
    files: Vec<FileReport>,
    events: u64,
    judged: u64,
    accounts: usize,
    /// The events that were not judged, by reason.
    unjudged: BTreeMap<String, u64>,
    /// The events of operations that are not followed.
    skipped: BTreeMap<String, u64>,
    rules: BTreeMap<&'static str, Counts>,
    contradictions: Vec<Shown>,
    unreadable: Vec<String>,
    unreadable_count: u64,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct FileReport {
    file: String,
    format: &'static str,
    lacks: &'static str,
}

#[derive(Debug, Serialize)]
struct Shown {
    rule: &'static str,
    says: &'static str,
    evidence: Evidence,
    kind: &'static str,
    operation: &'static str,
    expected: String,
    observed: String,
    /// Whose the contradiction is: the model's if AWS itself was recorded.
    about: &'static str,
    count: u64,
    place: String,
    calls: Vec<String>,
    scenario: Option<String>,
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
        let is_aws = self.target == AWS;
        let bound = self.bound.unwrap_or(if is_aws { Bound::OfAws(1.0) } else { Bound::ZERO });
        let organizations =
            if self.standalone { Organizations::None } else { Organizations::Unknown };
        let assumed = Assumed { bound, organizations };
        let judged = judge_files(&files, assumed).await.map_err(|error| match error {
            StreamError::History(error) => unreadable(&error),
            StreamError::Target(error) => CliError::Target(error),
        })?;
        let fails = judged.tally.fails(self.strict);
        let shows_something = judged.tally.judged > 0;
        let files = files.iter().map(|(path, format)| FileReport {
            file: path.display().to_string(),
            format: format.name,
            lacks: format.lacks,
        });
        let files = files.collect();
        let report = report(self.target, files, judged, begun.elapsed().as_secs_f64());
        match self.format {
            Format::Human => print(&human(&report))?,
            Format::Json => print_json(&report)?,
        }
        Ok(match (fails, shows_something) {
            (true, _) => DIVERGES,
            (false, false) => INCONCLUSIVE,
            (false, true) => CONFORMS,
        })
    }
}

fn unreadable(error: &HistoryError) -> CliError {
    let (path, cause, help): (&Path, String, &str) = match &error {
        HistoryError::File { path, cause } => {
            (path, cause.to_string(), "name a file or folder of recorded traffic")
        }
        HistoryError::UnknownFormat { path } => (
            path,
            "it is in no format that is read here".to_owned(),
            "the formats are: recordings of `bellwether record`, HAR, CloudTrail, placebo, and \
             snapshots of LocalStack",
        ),
        HistoryError::Empty { path } => {
            (path, "it holds no files".to_owned(), "name a file or folder of recorded traffic")
        }
    };
    CliError::File { doing: "read", path: path.to_owned(), cause, help: help.to_owned() }
}

fn report(target: String, files: Vec<FileReport>, judged: Judged, seconds: f64) -> Report {
    let about = if target == AWS { "model" } else { "target" };
    let Judged { tally, unreadable, unreadable_count, callers, .. } = judged;
    let shown = tally.contradictions.into_iter().map(|it| Shown {
        rule: it.rule.name,
        says: it.rule.says,
        evidence: it.rule.evidence,
        kind: it.difference.as_str(),
        operation: it.operation,
        expected: it.expected,
        observed: it.observed,
        about,
        count: it.count,
        place: it.place.to_string(),
        calls: it.calls,
        scenario: it.scenario,
    });
    Report {
        schema: 1,
        target,
        files,
        events: tally.events,
        judged: tally.judged,
        accounts: callers,
        unjudged: tally.unjudged,
        skipped: tally.skipped,
        rules: tally.rules,
        contradictions: shown.collect(),
        unreadable: unreadable.iter().map(ToString::to_string).collect(),
        unreadable_count,
        seconds,
    }
}

/// The formats of the files, each with what it lacks.
fn formats(files: &[FileReport]) -> BTreeMap<&'static str, (&'static str, usize)> {
    let mut formats = BTreeMap::new();
    for file in files {
        formats.entry(file.format).or_insert((file.lacks, 0)).1 += 1;
    }
    formats
}

fn human(report: &Report) -> String {
    let mut text = String::new();
    for (format, (lacks, count)) in formats(&report.files) {
        let files = if count == 1 { "file" } else { "files" };
        let _ = writeln!(text, "{count} {files} of {format}, which lacks {lacks}");
    }
    for unreadable in &report.unreadable {
        let _ = writeln!(text, "could not be read: {unreadable}");
    }
    let more = report.unreadable_count.saturating_sub(report.unreadable.len() as u64);
    if more > 0 {
        let _ = writeln!(text, "could not be read: {more} more");
    }
    for shown in &report.contradictions {
        let mark = if shown.evidence > Evidence::Inferred { "CONTRADICTED" } else { "WARNING" };
        let _ = writeln!(
            text,
            "\n{mark}  {} [{}, {}]  {} times, of the {}",
            shown.rule, shown.kind, shown.evidence, shown.count, shown.about
        );
        let _ = writeln!(text, "  {}", shown.says);
        let _ = writeln!(text, "  at        {}", shown.place);
        let _ = writeln!(text, "  in        {}", shown.operation);
        let _ = writeln!(text, "  expected  {}", shown.expected);
        let _ = writeln!(text, "  observed  {}", shown.observed);
        let lines = shown.scenario.as_ref().map(|it| it.lines().map(str::to_owned).collect());
        for line in lines.as_ref().unwrap_or(&shown.calls) {
            let _ = writeln!(text, "    {line}");
        }
    }
    let held = report.rules.values().filter(|it| it.held > 0 && it.contradicted == 0).count();
    let contradicted = report.rules.values().filter(|it| it.contradicted > 0).count();
    let skipped: u64 = report.skipped.values().sum();
    let unjudged: u64 = report.unjudged.values().sum();
    let _ = writeln!(
        text,
        "\n{} events of {} accounts: {} judged, {unjudged} not judged, {skipped} of operations that are not followed",
        report.events, report.accounts, report.judged
    );
    let mut reasons: Vec<_> = report.unjudged.iter().collect();
    reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), reason.as_str()));
    for (reason, count) in reasons {
        let _ = writeln!(text, "  {count:>8}  {reason}");
    }
    let _ = writeln!(
        text,
        "{held} rules held, {contradicted} are contradicted; {:.1} s",
        report.seconds
    );
    text
}
