//! The command line: one file per command.

mod check;
mod completions;
mod diagnostics;
mod explain;
mod hints;
mod import;
mod init;
mod interrupt;
mod judge;
mod list;
mod man;
mod power;
mod predict;
mod probe;
mod record;
mod replay;
mod repro;
mod reproductions;
mod saving;
mod score;
mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use bellwether_model::Assumption;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use miette::Diagnostic;

use self::diagnostics::Diagnostics;
use self::hints::{Delays, FaultArguments, renamed};
use self::interrupt::Interrupts;
use crate::config::{Config, ConfigError, parse_duration};
use crate::known::KnownError;
use crate::scenario::{ParseError, nearest};
use crate::target::{AccountScheme, Bound, Target, TargetError};
use crate::targets::{ChoiceError, Chosen, choose};

/// The target conforms, or the command did what it was asked to.
const CONFORMS: u8 = 0;
/// The target diverges, or a claim does not hold.
const DIVERGES: u8 = 1;
/// The command line, the configuration or a scenario is wrong.
const USAGE: u8 = 2;
/// The run proves nothing.
const INCONCLUSIVE: u8 = 3;
/// The target is out of reach.
const OUT_OF_REACH: u8 = 4;
/// A bug in Bellwether.
const INTERNAL: u8 = 70;

/// The name by which the command is called.
const NAME: &str = "bellwether";

/// Checks whether an implementation of AWS Resource Access Manager shares like AWS.
#[derive(Debug, Parser)]
#[command(name = NAME, version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    diagnostics: Diagnostics,
}

const EXIT_CODES: &str = "Exit codes: 0 conforms; 1 diverges; 2 usage or configuration; \
     3 inconclusive; 4 target out of reach; 70 a bug in Bellwether.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Probe a target, play the suites, explore, shrink and report: the main job.
    Check(Box<check::Check>),
    /// Play scenario files against a target and judge each step.
    Replay(replay::Replay),
    /// Write a scenario as a script, a test or a configuration that needs no Bellwether.
    Repro(repro::Repro),
    /// Say what the model predicts for scenario files: answers, rules and views.
    Predict(predict::Predict),
    /// Turn a Terraform plan or state into a scenario.
    Import(import::Import),
    /// Show what a target implements.
    Probe(probe::Probe),
    /// Serve the embedded reference target over HTTP, for any SDK or CLI.
    Serve(serve::Serve),
    /// Record what a client and an endpoint say to each other, through a proxy on loopback.
    Record(record::Record),
    /// Hold recorded traffic against the model.
    Judge(judge::Judge),
    /// Measure how strong the harness is: planted faults found, requests to find, false alarms.
    Power(power::Power),
    /// Put the reports of several runs side by side, and say what changed.
    Score(score::Score),
    /// Explain a rule: its evidence, its sources, its scenarios.
    Explain(explain::Explain),
    /// List rules, operations, resources, targets, suites or mutants.
    List(list::List),
    /// Write a commented bellwether.toml.
    Init(init::Init),
    /// Print a script that completes commands and options in a shell.
    Completions(completions::Completions),
    /// Write manual pages, one for each command.
    Man(man::Man),
}

/// The target of a command.
#[derive(Clone, Debug, Args)]
struct TargetArguments {
    /// Target to check: reference, moto, endpoint, or one of the configuration
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// URL of the target
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// Scheme by which it tells accounts apart: access-key, assume-role, header:NAME or process:COMMAND
    #[arg(long, value_name = "SCHEME")]
    accounts: Option<AccountScheme>,
    /// Use the clock of the endpoint, which `bellwether serve` has, to play what time does
    #[arg(long)]
    clock: bool,
    /// The longest time that what is expected may take to be seen: for instance 500ms or 2s, or aws for
    /// what clients of AWS wait, or aws*0.1 for a part of that
    #[arg(long, value_name = "BOUND")]
    bound: Option<Bound>,
    /// The longest time that a request may take before it counts as unanswered [default: 20s]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    request_timeout: Option<Duration>,
    /// Delay what the embedded reference shows, for instance
    /// association=0.4..3s,visibility=1s
    #[arg(long, value_name = "DELAYS", value_parser = settle)]
    settle: Option<Settle>,
    #[command(flatten)]
    faults: FaultArguments,
    /// Plant faults in the embedded reference; see `bellwether list mutants`
    #[arg(long = "mutant", value_name = "NAME", value_delimiter = ',')]
    mutants: Vec<String>,
    /// Take for granted, against AWS, that RAM shares AMIs or hosted zones: ram-shares-images,
    /// ram-shares-hosted-zones; or that its limits are a few of each resource: low-limits
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    assume: Vec<Assumption>,
    /// The configuration; bellwether.toml where it exists
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// A value of `--settle`.
#[derive(Clone, Debug)]
enum Settle {
    /// The bound of the target.
    Bound(Bound),
    /// The delays that the embedded reference injects.
    Delays(Delays),
}

fn settle(text: &str) -> Result<Settle, String> {
    if let Ok(bound) = text.parse() {
        return Ok(Settle::Bound(bound));
    }
    Delays::read(text)
        .map(Settle::Delays)
        .map_err(|error| format!("{error}; --bound, for instance --bound 500ms, is for any target"))
}

impl TargetArguments {
    /// The file of known divergences that the configuration names for the target, if it does.
    fn known(&self) -> Result<Option<PathBuf>, CliError> {
        let config = Config::load(self.config.as_deref())?;
        let declared = self.target.as_ref().and_then(|name| config.targets.get(name));
        let known = declared.and_then(|declared| declared.known.as_ref());
        let folder = self.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        Ok(known.map(|known| folder.join(known)))
    }

    async fn choose(&self) -> Result<Target, CliError> {
        let config = Config::load(self.config.as_deref())?;
        for name in &config.with_settle {
            renamed(&format!("settle in [targets.{name}]"), "bound");
        }
        let (bound, settling) = match self.settle.clone() {
            None => (None, None),
            Some(Settle::Bound(bound)) => {
                renamed("a plain duration in --settle", "--bound");
                (Some(bound), None)
            }
            Some(Settle::Delays(delays)) => (None, Some(delays.settling())),
        };
        let chosen = Chosen {
            name: self.target.clone(),
            endpoint: self.endpoint.clone(),
            accounts: self.accounts.clone(),
            clock: self.clock,
            bound: self.bound.or(bound),
            request_timeout: self.request_timeout,
            settling,
            faults: self.faults.faults(),
            mutants: self.mutants.clone(),
            assumed: self.assume.iter().copied().collect(),
            config: self.config.clone(),
        };
        Ok(choose(&chosen, &config).await?)
    }
}

/// The format of results.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// The reason that a command failed.
#[derive(Debug, thiserror::Error, Diagnostic)]
enum CliError {
    #[error(transparent)]
    #[diagnostic(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Known(#[from] KnownError),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Scenario(#[from] Box<ParseError>),
    #[error(transparent)]
    #[diagnostic(help("{}", .0.help()))]
    Target(#[from] TargetError),
    #[error("{what}")]
    #[diagnostic(help("{help}"))]
    Usage { what: String, help: String },
    #[error("failed to {doing} {}: {cause}", path.display())]
    #[diagnostic(help("{help}"))]
    File { doing: &'static str, path: PathBuf, cause: String, help: String },
    #[error("failed to print the result: {0}")]
    #[diagnostic(help("standard output has to take what is printed; the disk may be full"))]
    Output(std::io::Error),
    #[error("failed to {doing}: {cause}")]
    #[diagnostic(help("this is a bug in Bellwether; please report it with the command line"))]
    Internal { doing: &'static str, cause: String },
    #[error("the counterexample {id} failed its own check, {count} in all: {why}")]
    #[diagnostic(help(
        "this is a bug in Bellwether and says nothing about the target; please report it with {}",
        path.display()
    ))]
    Defect { id: String, why: String, count: usize, path: PathBuf },
}

impl From<ChoiceError> for CliError {
    fn from(error: ChoiceError) -> Self {
        match error {
            ChoiceError::Config(error) => Self::Config(error),
            ChoiceError::Target(error) => Self::Target(error),
        }
    }
}

impl CliError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_)
            | Self::Known(_)
            | Self::Scenario(_)
            | Self::Usage { .. }
            | Self::File { .. }
            | Self::Output(_) => USAGE,
            Self::Target(_) => OUT_OF_REACH,
            Self::Internal { .. } | Self::Defect { .. } => INTERNAL,
        }
    }
}

/// Runs the command that the process was called with. The commit is the one that it was built from, if
/// that is known.
#[must_use]
pub fn run(commit: Option<&str>) -> ExitCode {
    let matches = Cli::command().version(version(commit)).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    keep_lines_of_logs_whole();
    ExitCode::from(guarded(|| conclude(perform(cli.command, cli.diagnostics))))
}

/// The version as `--version` prints it.
fn version(commit: Option<&str>) -> &'static str {
    let number = env!("CARGO_PKG_VERSION");
    // It is said until the process ends.
    commit.map_or(number, |commit| format!("{number} ({commit})").leak())
}

/// Runs a command to its end, or until it is interrupted.
fn perform(command: Command, diagnostics: Diagnostics) -> Result<u8, CliError> {
    diagnostics.listen()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let failed = |error: std::io::Error| CliError::Internal {
        doing: "start the threads",
        cause: error.to_string(),
    };
    let runtime = runtime.map_err(failed)?;
    let done = runtime.block_on(async {
        match command {
            Command::Check(command) => Box::pin(command.run(diagnostics)).await,
            Command::Replay(command) => unless_interrupted(Box::pin(command.run())).await,
            Command::Repro(command) => command.run().await,
            Command::Predict(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::Probe(command) => unless_interrupted(Box::pin(command.run())).await,
            Command::Serve(command) => command.run().await,
            Command::Record(command) => command.run().await,
            Command::Judge(command) => unless_interrupted(Box::pin(command.run())).await,
            Command::Power(command) => unless_interrupted(Box::pin(command.run(diagnostics))).await,
            Command::Score(command) => command.run(),
            Command::Explain(command) => command.run(),
            Command::List(command) => command.run(),
            Command::Init(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    });
    // A server that was started for a play in flight ends with the play.
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Ends a command early on an interrupt. The processes that it started end with it.
async fn unless_interrupted(
    command: impl Future<Output = Result<u8, CliError>>,
) -> Result<u8, CliError> {
    let mut interrupts = Interrupts::listen();
    tokio::select! {
        done = command => done,
        () = interrupts.next() => {
            anstream::eprintln!("interrupted: no verdict");
            Ok(INCONCLUSIVE)
        }
    }
}

/// The exit code of a command; prints the reason if it failed.
fn conclude(done: Result<u8, CliError>) -> u8 {
    done.unwrap_or_else(|error| {
        let code = error.exit_code();
        anstream::eprintln!("{:?}", miette::Report::new(error));
        code
    })
}

/// Returns the exit code of a command that may panic. The panic has been printed by then.
fn guarded(work: impl FnOnce() -> u8) -> u8 {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or_else(|_panic| {
        anstream::eprintln!(
            "this is a bug in Bellwether; please report it with the command line and the lines above"
        );
        INTERNAL
    })
}

/// Lets messages wrap on a terminal only: a log is searched for names, and a name that is wrapped
/// is not found.
fn keep_lines_of_logs_whole() {
    use std::io::IsTerminal as _;
    let terminal = std::io::stderr().is_terminal();
    // Another hook can only have been set before by this same function.
    let _set = miette::set_hook(Box::new(move |_| {
        let options = miette::MietteHandlerOpts::new();
        Box::new(options.wrap_lines(terminal).break_words(false).build())
    }));
}

/// Prints a result on standard output. A reader that has stopped reading, as `head` does, is not a failure.
fn print(text: &str) -> Result<(), CliError> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::Output(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints a result as JSON on standard output.
fn print_json<T: serde::Serialize>(value: &T) -> Result<(), CliError> {
    print(&format!("{}\n", to_json(value)?))
}

/// A result as JSON.
fn to_json<T: serde::Serialize>(value: &T) -> Result<String, CliError> {
    let failed = |error: serde_json::Error| CliError::Internal {
        doing: "write JSON",
        cause: error.to_string(),
    };
    serde_json::to_string_pretty(value).map_err(failed)
}

/// Reads a scenario file; `-` stands for standard input. Returns its name and its text.
fn read_scenario(path: &Path) -> Result<(String, String), CliError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let (name, read) = if path.as_os_str() == "-" {
        ("standard input".to_owned(), std::io::stdin().read_to_end(&mut bytes).map(drop))
    } else {
        let read = std::fs::read(path).map(|content| bytes = content);
        (path.display().to_string(), read)
    };
    let failed = |cause: String, help: &str| CliError::File {
        doing: "read",
        path: PathBuf::from(&name),
        cause,
        help: help.to_owned(),
    };
    if let Err(error) = read {
        return Err(if error.kind() == std::io::ErrorKind::IsADirectory {
            failed("it is a folder".to_owned(), "name the scenario files in it")
        } else {
            failed(error.to_string(), "name a scenario file; `-` is standard input")
        });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|byte| *byte == b'\n').count();
        failed(format!("line {line} is not UTF-8"), "a scenario is text in UTF-8")
    })?;
    Ok((name, text))
}

/// Help for an unknown name: the nearest known one, or the command that prints all.
fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>, all: &str) -> String {
    nearest(name, known).map_or_else(
        || format!("`{all}` prints all of them"),
        |near| format!("did you mean {near}? `{all}` prints all of them"),
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Cli, INTERNAL, guarded, version};

    #[test]
    fn a_panic_ends_with_the_exit_code_of_a_bug() {
        assert_eq!(guarded(|| 3), 3);
        assert_eq!(guarded(|| panic!("a test")), INTERNAL);
    }

    #[test]
    fn the_version_names_the_commit_where_it_is_known() {
        assert_eq!(
            version(Some("0123456789ab")),
            concat!(env!("CARGO_PKG_VERSION"), " (0123456789ab)")
        );
        assert_eq!(version(None), env!("CARGO_PKG_VERSION"));
    }

    #[test]
    fn every_command_has_an_example_in_its_help() {
        Cli::command().debug_assert();
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let example = format!("Example: bellwether {}", command.get_name());
            assert!(help.starts_with(&example), "{}", command.get_name());
        }
    }
}
