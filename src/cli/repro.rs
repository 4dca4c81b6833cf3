//! `bellwether repro`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CONFORMS, CliError, print, read_scenario};
use crate::repro;
use crate::scenario::Parsed;

/// The arguments of `bellwether repro`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether repro report/ID.scenario --language bash > repro.sh\n\
    A reproduction needs no Bellwether. Its exit code is 0 if the target does what AWS does; the comment at its \
    head says what it reads from the environment.")]
pub(super) struct Repro {
    /// Scenario file; `-` stands for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Language of the reproduction
    #[arg(long, value_name = "LANGUAGE")]
    language: Language,
}

/// A value of `--language`.
#[derive(Copy, Clone, Debug, ValueEnum)]
enum Language {
    /// A script with the AWS CLI
    Bash,
    /// A test for pytest with boto3
    Python,
    /// A test with the SDK for Rust
    Rust,
    /// A test with the SDK for Go, version 2
    Go,
    /// A configuration for Terraform
    Terraform,
}

impl From<Language> for repro::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Bash => Self::Bash,
            Language::Python => Self::Python,
            Language::Rust => Self::Rust,
            Language::Go => Self::Go,
            Language::Terraform => Self::Terraform,
        }
    }
}

impl Repro {
    pub(super) async fn run(self) -> Result<u8, CliError> {
        let (name, text) = read_scenario(&self.file)?;
        let parsed = Parsed::read(&name, &text).map_err(Box::new)?;
        let stem = self.file.file_stem().map(|it| it.to_string_lossy().into_owned());
        let stem = stem.filter(|it| it != "-").unwrap_or_else(|| "scenario".to_owned());
        let plan = repro::plan(&stem, &parsed, None).await;
        let rendered = plan.and_then(|plan| plan.render(self.language.into()));
        let rendered = rendered.map_err(|why| CliError::Usage {
            what: format!("{name} has no reproduction in this language: {why}"),
            help: "another --language may do; `bellwether replay` plays every scenario".to_owned(),
        })?;
        print(&rendered)?;
        Ok(CONFORMS)
    }
}
