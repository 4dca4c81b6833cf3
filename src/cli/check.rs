//! `bellwether check`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bellwether_model::rules;
use clap::Args;
use globset::{Glob, GlobMatcher};

use super::diagnostics::Diagnostics;
use super::interrupt::Interrupts;
use super::saving::Saving;
use super::{
    CONFORMS, CliError, DIVERGES, Format, INCONCLUSIVE, TargetArguments, did_you_mean, print,
    print_json, reproductions,
};
use crate::check::{Options, SHRINK_REQUESTS, check};
use crate::config::parse_duration;
use crate::counterexample::Defect;
use crate::explore::STEPS;
use crate::known::Known;
use crate::outcome::Outcome;
use crate::report::files::{SaveError, save};
use crate::report::shard::{FILE as SHARD_FILE, Shard};
use crate::report::{DivergenceReport, Report, human};
use crate::store::{Store, Stored};
use crate::suites::{self, Suite};

/// The arguments of `bellwether check`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether check --target moto --report report\n\
    With the divergences of today accepted, fail on new ones alone:\n  \
    bellwether check --target moto --write-known bellwether.known.toml\n  \
    bellwether check --target moto --known bellwether.known.toml")]
#[expect(clippy::struct_excessive_bools, reason = "one for each option without a value")]
pub(super) struct Check {
    #[command(flatten)]
    target: TargetArguments,
    /// Draw other cases, or the same ones again
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of cases to draw after the suites
    #[arg(long, value_name = "N", default_value_t = 200)]
    cases: u64,
    /// Number of steps that a case has at most
    #[arg(long, value_name = "N", default_value_t = STEPS as u64, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    steps: u64,
    /// Number of cases that run at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=256))]
    jobs: Option<u64>,
    /// Report only divergences from the rules that match
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    rule: Option<GlobMatcher>,
    /// Play only the suites that match; `none` plays none
    #[arg(long, value_name = "GLOB", value_parser = glob)]
    suite: Option<GlobMatcher>,
    /// Begin no new case after this number of requests
    #[arg(long, value_name = "N")]
    max_requests: Option<u64>,
    /// Begin no new case after this time, for instance 90s or 10m
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    max_time: Option<Duration>,
    /// Write results.json, report.html, report.txt, summary.md, junit.xml, sarif.json and the
    /// counterexamples into this folder, as they are found; the scenarios that are in it are played first. Of a
    /// shard, `{shard}` in its name is the number
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Play the K-th of N parts of the run; `score --merge` makes one report of the reports of all N. In place
    /// of K, the name of an environment variable that counts from 0, for instance JOB_COMPLETION_INDEX/8
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(u64, u64)>,
    /// Begin no new case after the first divergence
    #[arg(long)]
    fail_fast: bool,
    /// Fail on divergences from inferred rules too
    #[arg(long)]
    strict: bool,
    /// Do not fail on the known divergences in this file, and find others
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// Add the divergences found to a file of known ones, which is made if there is none
    #[arg(long, value_name = "FILE")]
    write_known: Option<PathBuf>,
    /// Fail if a known divergence no longer shows
    #[arg(long)]
    strict_known: bool,
    /// End with 0 whatever is found or proves nothing: a shard, for which the merge has the verdict
    #[arg(long, requires = "shard")]
    exit_zero: bool,
}

pub(super) fn glob(text: &str) -> Result<GlobMatcher, String> {
    let glob = Glob::new(text).map_err(|error| error.to_string())?;
    Ok(glob.compile_matcher())
}

fn shard(text: &str) -> Result<(u64, u64), String> {
    shard_of(text, |name| std::env::var(name).ok())
}

/// Reads a shard; `variable` gives the value of a variable of the environment.
fn shard_of(text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<(u64, u64), String> {
    let bad = || {
        format!("{text:?} is not a valid shard; expected K/N with K from 1 to N, for instance 2/4")
    };
    let (part, parts) = text.split_once('/').ok_or_else(bad)?;
    let parts: u64 = parts.parse().map_err(|_| bad())?;
    let part = if part.starts_with(|it: char| it.is_ascii_uppercase()) {
        let value = variable(part).ok_or_else(|| format!("there is no variable {part}"))?;
        let index = value.trim().parse::<u64>().ok();
        let index = index.filter(|index| *index < parts);
        1 + index.ok_or_else(|| {
            format!("{part} is {value:?}; an index of {parts} shards is 0 to {}", parts.max(1) - 1)
        })?
    } else {
        part.parse().map_err(|_| bad())?
    };
    if part == 0 || part > parts { Err(bad()) } else { Ok((part, parts)) }
}

impl Check {
    /// Checks; the first interrupt ends the run with what it has, a second one at once.
    pub(super) async fn run(self, diagnostics: Diagnostics) -> Result<u8, CliError> {
        let mut interrupts = Interrupts::listen();
        let cancelled = Arc::new(AtomicBool::new(false));
        let interrupted = async {
            interrupts.next().await;
            cancelled.store(true, Ordering::Relaxed);
            anstream::eprintln!(
                "ending after the cases in flight; interrupt again to stop at once"
            );
            interrupts.next().await;
        };
        tokio::select! {
            done = self.check(Arc::clone(&cancelled), diagnostics) => done,
            () = interrupted => Ok(INCONCLUSIVE),
        }
    }

    async fn check(
        &self,
        cancelled: Arc<AtomicBool>,
        diagnostics: Diagnostics,
    ) -> Result<u8, CliError> {
        let mut options = self.options(cancelled)?;
        let folder = self.folder();
        let folder = folder.as_deref();
        let store = folder.map(open_store).transpose()?;
        if let Some(store) = &store {
            options.stored = stored(store)?;
        }
        let target = Arc::new(self.target.choose().await?);
        let listener = Saving {
            progress: diagnostics.progress(),
            store: store.as_ref(),
            folder,
            target: &target,
            options: &options,
            strict: self.strict,
        };
        let outcome = Box::pin(check(&target, &options, &listener)).await?;
        drop(listener);
        let report =
            Report { strict: self.strict, ..Report::of(&target, &options, &outcome, folder) };
        let written = store.as_ref().map(|store| {
            save(&report, store)?;
            Shard::of(&target, &options, &outcome).map_or(Ok(()), |it| write_shard(store, &it))
        });
        let reproduced = match &store {
            Some(store) => reproductions::write(store, &outcome.divergences).await,
            None => Ok(()),
        };
        let known =
            self.write_known.as_deref().map(|path| write_known(path, &outcome, diagnostics));
        match self.format {
            Format::Human => print(&human::screen(&report, has_hyperlinks()))?,
            Format::Json => print_json(&report)?,
        }
        written.transpose()?;
        reproduced?;
        known.transpose()?;
        if let Some(defect) = outcome.defects.first() {
            let path = save_defects(folder, &outcome.defects)?;
            return Err(CliError::Defect {
                id: defect.id.clone(),
                why: defect.why.to_string(),
                count: outcome.defects.len(),
                path,
            });
        }
        if self.exit_zero && !outcome.interrupted {
            return Ok(CONFORMS);
        }
        Ok(exit_code(&report, self.strict_known, outcome.interrupted))
    }

    /// The folder of the report, with the number of the shard in its name where it asks for that.
    fn folder(&self) -> Option<PathBuf> {
        let folder = self.report.clone()?;
        let Some(((part, _), name)) = self.shard.zip(folder.to_str()) else { return Some(folder) };
        Some(PathBuf::from(name.replace("{shard}", &part.to_string())))
    }

    fn options(&self, cancelled: Arc<AtomicBool>) -> Result<Options, CliError> {
        let cores = || std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Options {
            seed: self.seed,
            cases: self.cases,
            steps: usize::try_from(self.steps).unwrap_or(usize::MAX),
            jobs: self.jobs.and_then(|jobs| usize::try_from(jobs).ok()).unwrap_or_else(cores),
            max_requests: self.max_requests,
            max_time: self.max_time,
            rule: self.rule()?,
            stored: Vec::new(),
            suites: self.suites()?,
            shard: self.shard,
            fail_fast: self.fail_fast,
            shrink_requests: SHRINK_REQUESTS,
            known: Arc::new(self.known()?),
            cancelled,
        })
    }

    /// The known divergences of the file that is named here, or by the configuration for the target.
    fn known(&self) -> Result<Known, CliError> {
        if let Some(folder) = self.write_known.as_deref().and_then(Path::parent)
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(CliError::Usage {
                what: format!("there is no folder {} for --write-known", folder.display()),
                help: "name a file in a folder that exists".to_owned(),
            });
        }
        let path = match &self.known {
            Some(path) => Some(path.clone()),
            None => self.target.known()?,
        };
        let Some(path) = path else {
            if self.strict_known {
                return Err(CliError::Usage {
                    what: "--strict-known needs known divergences".to_owned(),
                    help: "name their file with --known FILE".to_owned(),
                });
            }
            return Ok(Known::default());
        };
        // The first run writes the file that the next ones read.
        if self.write_known.as_ref() == Some(&path) && !path.exists() {
            return Ok(Known::default());
        }
        Ok(Known::load(&path)?)
    }

    /// The glob of the rules, which has to match one.
    fn rule(&self) -> Result<Option<GlobMatcher>, CliError> {
        let Some(glob) = &self.rule else { return Ok(None) };
        if rules::all().any(|rule| glob.is_match(rule.name)) {
            return Ok(Some(glob.clone()));
        }
        let names = rules::all().map(|rule| rule.name);
        Err(no_match("rule", glob, names, "bellwether list rules"))
    }

    /// The suites that match the glob, of which there has to be one; none for `none`. Without a
    /// glob, all but those that ask questions.
    fn suites(&self) -> Result<Vec<Suite>, CliError> {
        let suites = suites::selected(self.suite.as_ref());
        if let Some(glob) = self.suite.as_ref().filter(|glob| glob.glob().glob() != "none")
            && suites.is_empty()
        {
            let all = suites::all();
            let names = all.iter().map(|suite| suite.name.as_str());
            return Err(no_match("suite", glob, names, "bellwether list suites"));
        }
        Ok(suites)
    }
}

/// The exit code of a run with this report.
pub(super) fn exit_code(report: &Report, strict_known: bool, is_interrupted: bool) -> u8 {
    let fails = report.fails(report.strict) || (strict_known && report.gone().count() > 0);
    if fails && !is_interrupted {
        DIVERGES
    } else if report.reasons.is_empty() {
        CONFORMS
    } else {
        INCONCLUSIVE
    }
}

pub(super) fn no_match<'a>(
    what: &str,
    glob: &GlobMatcher,
    names: impl Iterator<Item = &'a str>,
    all: &str,
) -> CliError {
    let glob = glob.glob().glob();
    CliError::Usage {
        what: format!("no {what} matches {glob:?}"),
        help: did_you_mean(glob, names, all),
    }
}

/// Makes the folder of the report, before a run that it would be too late after.
pub(super) fn open_store(folder: &Path) -> Result<Store, CliError> {
    Store::open(folder).map_err(|error| CliError::File {
        doing: "make the folder",
        path: folder.to_owned(),
        cause: if folder.is_file() { "it is a file".to_owned() } else { error.to_string() },
        help: "--report takes a folder, which is made if there is none".to_owned(),
    })
}

/// The scenarios that earlier runs have left; says which files are none.
fn stored(store: &Store) -> Result<Vec<Stored>, CliError> {
    let (stored, unreadable) = store.stored().map_err(|error| CliError::File {
        doing: "read the folder",
        path: store.path(""),
        cause: error.to_string(),
        help: "--report takes a folder that can be read".to_owned(),
    })?;
    for path in unreadable {
        let path = path.display();
        anstream::eprintln!(
            "not played: {path} is not a valid scenario; `bellwether predict {path}` says why"
        );
    }
    Ok(stored)
}

/// Writes the counterexamples that failed their own check into a file, and returns where it is.
fn save_defects(folder: Option<&Path>, defects: &[Defect]) -> Result<PathBuf, CliError> {
    let path = folder.unwrap_or(Path::new(".")).join("bellwether-bug.txt");
    let one =
        |it: &Defect| format!("{}\n{}\n\n{}\n{:#?}\n", it.id, it.why, it.scenario, it.finding);
    let version = env!("CARGO_PKG_VERSION");
    let text = defects.iter().map(one).collect::<Vec<_>>().join("\n");
    std::fs::write(&path, format!("bellwether {version}\n\n{text}")).map_err(|error| {
        CliError::File {
            doing: "write",
            path: path.clone(),
            cause: error.to_string(),
            help: "it would hold what to send to the developers of Bellwether".to_owned(),
        }
    })?;
    Ok(path)
}

/// Whether standard output is a terminal that has hyperlinks.
pub(super) fn has_hyperlinks() -> bool {
    use std::io::IsTerminal as _;
    // A variable of the environment can force them where the output is a pipe; a pipe gets none.
    std::io::stdout().is_terminal() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}

/// Writes what the merge of all shards reads.
fn write_shard(store: &Store, shard: &Shard<DivergenceReport>) -> Result<(), CliError> {
    let content = serde_json::to_string(shard).map_err(|error| CliError::Internal {
        doing: "write the file of the shard",
        cause: error.to_string(),
    })?;
    save_file(store, SHARD_FILE, &content)
}

/// Writes a file of a report.
pub(super) fn save_file(store: &Store, name: &str, content: &str) -> Result<(), CliError> {
    let path = store.path(name);
    store.write(name, content).map_err(|cause| SaveError::Unwritable { path, cause }.into())
}

impl From<SaveError> for CliError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Unrendered(error) => {
                Self::Internal { doing: "render the report", cause: error.to_string() }
            }
            SaveError::Unwritable { path, cause } => Self::File {
                doing: "write",
                path,
                cause: cause.to_string(),
                help: "--report takes a folder that can be written to".to_owned(),
            },
        }
    }
}

/// Adds the divergences of a run to a file of known ones.
fn write_known(path: &Path, outcome: &Outcome, diagnostics: Diagnostics) -> Result<(), CliError> {
    let added = Known::write(path, &outcome.divergences)?;
    if !diagnostics.quiet {
        let path = path.display();
        anstream::eprintln!(
            "added {added} known divergences to {path}; say in each why it is accepted"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shard_of;

    fn shard(text: &str) -> Result<(u64, u64), String> {
        shard_of(text, |name| (name == "INDEX").then(|| "3".to_owned()))
    }

    #[test]
    fn a_shard_is_between_one_and_their_number() {
        assert_eq!(shard("2/4"), Ok((2, 4)));
        for text in ["", "2", "0/4", "5/4", "a/b", "1/0", "-1/2"] {
            assert!(shard(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_variable_counts_shards_from_zero() {
        assert_eq!(shard("INDEX/4"), Ok((4, 4)));
        for text in ["INDEX/3", "INDEX/0", "OTHER/4", "INDEX"] {
            assert!(shard(text).is_err(), "{text}");
        }
    }
}
