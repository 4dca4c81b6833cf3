//! `bellwether import`

use std::path::PathBuf;

use bellwether_model::Account;
use clap::Args;

use super::{CONFORMS, CliError, print, read_scenario};
use crate::import::{ImportError, terraform};

/// The arguments of `bellwether import`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether import plan.json > sharing.scenario\n\
    Then, against an emulator: bellwether replay sharing.scenario --target moto")]
pub(super) struct Import {
    /// A plan or state as `terraform show -json` prints it; `-` stands for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// An account that is outside the organization
    #[arg(long, value_name = "ACCOUNT", value_delimiter = ',', value_parser = account)]
    outside: Vec<String>,
}

/// Reads the id of an account.
fn account(text: &str) -> Result<String, String> {
    let is_id = Account::from_id(text).is_some();
    if is_id {
        Ok(text.to_owned())
    } else {
        Err("an account id is 12 digits, not all 0".to_owned())
    }
}

impl Import {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        let (name, text) = read_scenario(&self.file)?;
        let imported = terraform(&name, &text, &self.outside).map_err(|error| match error {
            ImportError::Unsound(error) => {
                CliError::Internal { doing: "import the set-up", cause: error.to_string() }
            }
            ImportError::Unreadable(_) | ImportError::WithoutShares => CliError::Usage {
                what: format!("{name}: {error}"),
                help: "give it a plan of all that shares, for instance \
                       `terraform plan -out plan.out && terraform show -json plan.out > plan.json`"
                    .to_owned(),
            },
        })?;
        for (address, why) in &imported.left_out {
            anstream::eprintln!("left out: {address}: {why}");
        }
        print(&imported.scenario)?;
        Ok(CONFORMS)
    }
}
