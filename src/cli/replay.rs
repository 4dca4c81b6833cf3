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

/// The arguments of `bellwether replay`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether replay suites/revoke/subnet-taken-out.scenario --target moto"
)]
pub(super) struct Replay {
    /// Scenario files; `-` stands for standard input
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
        for path in &self.files {
            let (name, text) = read_scenario(path)?;
            scenarios.push(Parsed::read(&name, &text).map_err(Box::new)?);
        }
        let target = self.target.choose().await?;
        preflight(&target).await?;
        let options =
            PlayOptions { reads: ReadPolicy::AfterEachStep, capabilities: Capabilities::all() };
        let (mut fails, mut nothing) = (false, false);
        let mut reports = Vec::new();
        for parsed in &scenarios {
            let replayed = replay_proving(&target, parsed, &options).await?;
            fails |= replayed.fails(self.strict);
            nothing |= replayed.inconclusive.is_some();
            reports.push(report(parsed, replayed));
        }
        match self.format {
            Format::Human => print(&reports.iter().map(human).collect::<String>())?,
            Format::Json => print_json(&reports)?,
        }
        Ok(match (fails, nothing) {
            (true, _) => DIVERGES,
            (false, true) => INCONCLUSIVE,
            (false, false) => CONFORMS,
        })
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
