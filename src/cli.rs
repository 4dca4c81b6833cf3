//! The command line: one file per command.

mod check;
mod explain;
mod init;
mod list;
mod predict;
mod probe;
mod replay;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use miette::Diagnostic;

use crate::config::{Config, ConfigError, parse_duration};
use crate::scenario::ParseError;
use crate::target::{AccountScheme, Target, TargetError};
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

/// Checks whether an implementation of AWS Resource Access Manager shares like AWS.
#[derive(Debug, Parser)]
#[command(name = "bellwether", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 conforms; 1 diverges; 2 usage or configuration; \
     3 inconclusive; 4 target out of reach; 70 a bug in Bellwether.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Probe a target, play the suites, explore, shrink and report: the main job.
    Check(Box<check::Check>),
    /// Play scenario files against a target and judge each step.
    Replay(replay::Replay),
    /// Say what the model predicts for scenario files: answers, rules and views.
    Predict(predict::Predict),
    /// Show what a target implements.
    Probe(probe::Probe),
    /// Serve the embedded reference target over HTTP, for any SDK or CLI.
    Serve(serve::Serve),
    /// Explain a rule: its evidence, its sources, its scenarios.
    Explain(explain::Explain),
    /// List rules, operations, resources, targets, suites or mutants.
    List(list::List),
    /// Write a commented bellwether.toml.
    Init(init::Init),
}

/// The target of a command.
#[derive(Clone, Debug, Args)]
struct TargetArguments {
    /// What to check: reference, moto, endpoint, or a target of the configuration
    #[arg(long, value_name = "NAME")]
    target: Option<String>,
    /// Where it is
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// How it tells accounts apart: access-key, assume-role, header:NAME or process:COMMAND
    #[arg(long, value_name = "SCHEME")]
    accounts: Option<AccountScheme>,
    /// How long what is owed may take to be seen, for instance 500ms or 2s
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    settle: Option<Duration>,
    /// Plant a fault in the embedded reference; see `bellwether list mutants`
    #[arg(long, value_name = "NAME")]
    mutant: Option<String>,
    /// The configuration; bellwether.toml where it exists
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl TargetArguments {
    async fn choose(&self) -> Result<Target, CliError> {
        let config = Config::load(self.config.as_deref())?;
        let chosen = Chosen {
            name: self.target.clone(),
            endpoint: self.endpoint.clone(),
            accounts: self.accounts.clone(),
            settle: self.settle,
            mutant: self.mutant.clone(),
        };
        Ok(choose(&chosen, &config).await?)
    }
}

/// How results are printed.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error, Diagnostic)]
enum CliError {
    #[error(transparent)]
    #[diagnostic(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    #[diagnostic(transparent)]
    Scenario(#[from] Box<ParseError>),
    #[error("{0}")]
    #[diagnostic(help("{}", .0.help()))]
    Target(#[from] TargetError),
    #[error("{what}")]
    #[diagnostic(help("{help}"))]
    Usage { what: String, help: String },
    #[error("failed to {doing} {}: {cause}", path.display())]
    File { doing: &'static str, path: PathBuf, cause: std::io::Error },
    #[error("failed to write the result: {0}")]
    Output(std::io::Error),
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
            Self::Config(_) | Self::Scenario(_) | Self::Usage { .. } | Self::File { .. } => USAGE,
            Self::Target(_) => OUT_OF_REACH,
            Self::Output(_) => INTERNAL,
        }
    }
}

/// Runs the command that the process was called with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            anstream::eprintln!("failed to start: {error}");
            return ExitCode::from(INTERNAL);
        }
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Check(command) => command.run().await,
            Command::Replay(command) => command.run().await,
            Command::Predict(command) => command.run(),
            Command::Probe(command) => command.run().await,
            Command::Serve(command) => command.run().await,
            Command::Explain(command) => command.run(),
            Command::List(command) => command.run(),
            Command::Init(command) => command.run(),
        }
    });
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever read the output has gone, as `head` does: that is no failure.
        Err(CliError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::from(CONFORMS)
        }
        Err(error) => {
            let code = error.exit_code();
            anstream::eprintln!("{:?}", miette::Report::new(error));
            ExitCode::from(code)
        }
    }
}

/// Prints a result on standard output.
fn print(text: &str) -> Result<(), CliError> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(CliError::Output)
}

/// Prints a result as JSON on standard output.
fn print_json<T: serde::Serialize>(value: &T) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| CliError::Output(error.into()))?;
    print(&format!("{text}\n"))
}

/// Reads a scenario file; `-` stands for standard input.
fn read_scenario(path: &std::path::Path) -> Result<(String, String), CliError> {
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    let failed = |cause| CliError::File { doing: "read", path: path.to_owned(), cause };
    Ok((path.display().to_string(), text.map_err(failed)?))
}
