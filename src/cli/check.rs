//! `bellwether check`

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;
use globset::{Glob, GlobMatcher};

use super::{
    CONFORMS, CliError, DIVERGES, Format, INCONCLUSIVE, TargetArguments, print, print_json,
};
use crate::check::{Options, check};
use crate::config::parse_duration;
use crate::report::progress::Progress;
use crate::report::{Report, human};
use crate::suites;

/// The arguments of `bellwether check`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether check --target moto --report report")]
pub(super) struct Check {
    #[command(flatten)]
    target: TargetArguments,
    /// Draw other cases, or the same ones again
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many cases to draw after the suites
    #[arg(long, value_name = "N", default_value_t = 200)]
    cases: u64,
    /// How many steps a case has at the most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    steps: u64,
    /// How many cases run at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=256))]
    jobs: Option<u64>,
    /// Report only divergences from the rules that match
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    rule: Option<GlobMatcher>,
    /// Play only the suites that match; nothing matches `none`
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    suite: Option<GlobMatcher>,
    /// Begin nothing new after so many requests
    #[arg(long, value_name = "N")]
    max_requests: Option<u64>,
    /// Begin nothing new after this time, for instance 90s or 10m
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    max_time: Option<Duration>,
    /// Write results.json, report.txt and the counterexamples into this folder
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Play the K-th of N parts of the drawn cases
    #[arg(long, value_name = "K/N", default_value = "1/1", value_parser = shard)]
    shard: (u64, u64),
    /// Begin nothing new after the first divergence
    #[arg(long)]
    fail_fast: bool,
    /// Fail on divergences from inferred rules too
    #[arg(long)]
    strict: bool,
}

/// How many requests the shrinking of one divergence may take.
const SHRINK_REQUESTS: u64 = 2_000;

fn glob(text: &str) -> Result<GlobMatcher, String> {
    let glob = Glob::new(text).map_err(|error| error.to_string())?;
    Ok(glob.compile_matcher())
}

fn shard(text: &str) -> Result<(u64, u64), String> {
    let bad = || format!("{text:?} is no part; expected K/N with K from 1 to N, for instance 2/4");
    let (part, parts) = text.split_once('/').ok_or_else(bad)?;
    let (part, parts) = (part.parse().map_err(|_| bad())?, parts.parse().map_err(|_| bad())?);
    if part == 0 || part > parts { Err(bad()) } else { Ok((part, parts)) }
}

impl Check {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        if let Some(folder) = &self.report {
            let failed = |cause| CliError::File { doing: "make", path: folder.clone(), cause };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let target = Arc::new(self.target.choose().await?);
        let options = self.options();
        end_on_interrupt(Arc::clone(&options.cancelled));
        let outcome = check(&target, &options, &Progress::new()).await?;
        let report = Report::of(&target, &options, &outcome);
        let text = human::render(&report, self.strict);
        if let Some(folder) = &self.report {
            write(folder, &report, &text)?;
        }
        match self.format {
            Format::Human => print(&text)?,
            Format::Json => print_json(&report)?,
        }
        Ok(if report.fails(self.strict) && !outcome.interrupted {
            DIVERGES
        } else if report.reasons.is_empty() {
            CONFORMS
        } else {
            INCONCLUSIVE
        })
    }

    fn options(&self) -> Options {
        let mut suites = suites::all();
        suites.retain(|suite| self.suite.as_ref().is_none_or(|glob| glob.is_match(&suite.name)));
        let cores = || std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Options {
            seed: self.seed,
            cases: self.cases,
            steps: usize::try_from(self.steps).unwrap_or(usize::MAX),
            jobs: self.jobs.and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or_else(cores),
            max_requests: self.max_requests,
            max_time: self.max_time,
            rule: self.rule.clone(),
            suites,
            shard: self.shard,
            fail_fast: self.fail_fast,
            shrink_requests: SHRINK_REQUESTS,
            cancelled: Arc::new(AtomicBool::new(false)),
        }
    }
}

/// Sets the flag on the first interrupt, so that the run ends with what it has; a second one ends
/// the process.
fn end_on_interrupt(cancelled: Arc<AtomicBool>) {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if cancelled.swap(true, Ordering::Relaxed) {
                std::process::exit(i32::from(INCONCLUSIVE));
            }
            anstream::eprintln!(
                "ending after the cases in flight; interrupt again to stop at once"
            );
        }
    });
}

fn write(folder: &std::path::Path, report: &Report, text: &str) -> Result<(), CliError> {
    let save = |name: String, content: &str| {
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(|cause| CliError::File {
            doing: "write",
            path,
            cause,
        })
    };
    let json = serde_json::to_string_pretty(report);
    let json = json.map_err(|error| CliError::Output(error.into()))?;
    save("results.json".to_owned(), &json)?;
    save("report.txt".to_owned(), text)?;
    for divergence in &report.divergences {
        save(format!("{}.scenario", divergence.id), &divergence.scenario)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shard;

    #[test]
    fn a_part_is_one_of_its_parts() {
        assert_eq!(shard("2/4"), Ok((2, 4)));
        for text in ["", "2", "0/4", "5/4", "a/b", "1/0", "-1/2"] {
            assert!(shard(text).is_err(), "{text}");
        }
    }
}
