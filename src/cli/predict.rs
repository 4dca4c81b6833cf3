//! `bellwether predict`

use std::path::PathBuf;

use clap::Args;

use super::{CONFORMS, CliError, DIVERGES, Format, print, print_json, read_scenario};
use crate::predict::{Prediction, predict};
use crate::scenario::Parsed;

/// The arguments of `bellwether predict`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether predict suites/revoke/subnet-taken-out.scenario --format json"
)]
pub(super) struct Predict {
    /// Scenario files; `-` stands for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of the results
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Fail on claims that open rules leave undecided too
    #[arg(long)]
    strict: bool,
}

impl Predict {
    pub(super) fn run(self) -> Result<u8, CliError> {
        let mut predictions = Vec::new();
        for path in &self.files {
            let (name, text) = read_scenario(path)?;
            predictions.push(predict(&Parsed::read(&name, &text).map_err(Box::new)?));
        }
        match self.format {
            Format::Human => print(
                &predictions.iter().map(Prediction::to_string).collect::<Vec<_>>().join("\n"),
            )?,
            Format::Json => print_json(&predictions)?,
        }
        let holds = |it: &Prediction| it.claims_hold() && !(self.strict && it.undecided > 0);
        let hold = predictions.iter().all(holds);
        Ok(if hold { CONFORMS } else { DIVERGES })
    }
}
