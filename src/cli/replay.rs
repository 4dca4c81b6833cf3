//! `bellwether replay`

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::{
    CONFORMS, CliError, DIVERGES, Format, INCONCLUSIVE, TargetArguments, print, print_json,
    read_scenario,
};
use crate::capabilities::Capabilities;
use crate::probe::preflight;
use crate::replay::{Line, Replayed, replay_proving};
use crate::report::phrase;
use crate::run::{PlayOptions, ReadPolicy};
use crate::scenario::Parsed;
use crate::store::{ENDING, scenarios_in};

/// The arguments of `bellwether replay`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether replay suites/revoke/subnet-taken-out.scenario --target moto"
)]
pub(super) struct Replay {
    /// Scenario files, or folders of them; `-` stands for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    target: TargetArguments,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail on divergences from inferred rules too
    #[arg(long)]
    strict: bool,
}

/// One file's result, as the JSON output has it.
#[derive(Debug, Serialize)]
struct FileReport {
    file: String,
    lines: Vec<Line>,
    divergences: Vec<Shown>,
    inconclusive: Option<String>,
    requests: u64,
}

#[derive(Debug, Serialize)]
struct Shown {
    line: usize,
    rule: &'static str,
    says: &'static str,
    kind: &'static str,
    operation: &'static str,
    actor_role: &'static str,
    expected: String,
    observed: String,
    evidence: bellwether_model::rules::Evidence,
}

impl Replay {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let mut scenarios = Vec::new();
        for path in &with_folders(&self.files)? {
            let (name, text) = read_scenario(path)?;
            scenarios.push(Parsed::read(&name, &text).map_err(Box::new)?);
        }
        let target = self.target.choose().await?;
        preflight(&target).await?;
        let options = PlayOptions::new(ReadPolicy::AfterEachStep, Capabilities::all());
        let (mut fails, mut nothing) = (false, false);
        let mut sum = Sum::default();
        let mut reports = Vec::new();
        for parsed in &scenarios {
            let replayed = match replay_proving(&target, parsed, &options).await {
                Ok(replayed) => replayed,
                Err(error) if error.is_about_a_world() => unplayed(error.to_string()),
                Err(error) => return Err(error.into()),
            };
            let shown = replayed.fails(self.strict);
            sum.add(shown, replayed.inconclusive.is_some());
            fails |= shown;
            nothing |= replayed.inconclusive.is_some();
            reports.push(report(parsed, replayed));
        }
        match self.format {
            Format::Human => {
                print(&reports.iter().map(human).collect::<String>())?;
                if reports.len() > 1 {
                    print(&format!("{sum}\n"))?;
                }
            }
            Format::Json => print_json(&reports)?,
        }
        Ok(match (fails, nothing) {
            (true, _) => DIVERGES,
            (false, true) => INCONCLUSIVE,
            (false, false) => CONFORMS,
        })
    }
}

/// The number of scenarios that show a divergence.
#[derive(Debug, Default)]
struct Sum {
    shown: usize,
    not_shown: usize,
    inconclusive: usize,
}

impl Sum {
    fn add(&mut self, shown: bool, inconclusive: bool) {
        match (shown, inconclusive) {
            (true, _) => self.shown += 1,
            (false, true) => self.inconclusive += 1,
            (false, false) => self.not_shown += 1,
        }
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { shown, not_shown, inconclusive } = self;
        let all = shown + not_shown + inconclusive;
        write!(
            formatter,
            "{all} scenarios: {shown} show a divergence, {not_shown} show none, {inconclusive} are inconclusive"
        )
    }
}

/// The files, with the scenarios of each folder in its place.
fn with_folders(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |cause: String| CliError::File {
            doing: "read the folder",
            path: path.clone(),
            cause,
            help: "name a folder with scenario files, as `check --report` writes it".to_owned(),
        };
        let inside = scenarios_in(path).map_err(|error| failed(error.to_string()))?;
        if inside.is_empty() {
            return Err(failed(format!("it has no file that ends in .{ENDING}")));
        }
        files.extend(inside);
    }
    Ok(files)
}

/// The result of a scenario whose world can't be had.
fn unplayed(why: String) -> Replayed {
    Replayed {
        lines: Vec::new(),
        findings: Vec::new(),
        suspects: Vec::new(),
        inconclusive: Some(why),
        is_whole: false,
        requests: 0,
    }
}

fn report(parsed: &Parsed, replayed: Replayed) -> FileReport {
    let divergences = replayed.findings.into_iter().map(|(line, finding)| Shown {
        line,
        rule: finding.origin().rule,
        says: finding.divergence.rule.says,
        kind: finding.origin().difference.as_str(),
        operation: finding.origin().operation,
        actor_role: finding.origin().role.as_str(),
        expected: phrase::expected(&finding.divergence),
        observed: phrase::observed(&finding.divergence),
        evidence: finding.divergence.rule.evidence,
    });
    FileReport {
        file: parsed.file_name.clone(),
        lines: replayed.lines,
        divergences: divergences.collect(),
        inconclusive: replayed.inconclusive,
        requests: replayed.requests,
    }
}

fn human(report: &FileReport) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{}\n", report.file);
    let width = report.lines.iter().map(|line| line.text.chars().count()).max().unwrap_or_default();
    for line in &report.lines {
        let mark = if line.conforms == Some(false) { "<- " } else { "" };
        let _ = writeln!(text, "  {:>3}  {:<width$}  {mark}{}", line.line, line.text, line.outcome);
    }
    for shown in &report.divergences {
        let _ = writeln!(
            text,
            "\n  line {}: {} [{}, {}]",
            shown.line, shown.rule, shown.kind, shown.evidence
        );
        let _ = writeln!(text, "    {}", shown.says);
        let _ = writeln!(text, "    in        {} by the {}", shown.operation, shown.actor_role);
        let _ = writeln!(text, "    expected  {}", shown.expected);
        let _ = writeln!(text, "    observed  {}", shown.observed);
    }
    if let Some(why) = &report.inconclusive {
        let _ = writeln!(text, "\n  inconclusive: {why}");
    }
    text.push('\n');
    text
}
