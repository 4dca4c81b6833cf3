//! `bellwether init`

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{CONFORMS, CliError, print};
use crate::config::{FILE, TEMPLATE};

/// The arguments of `bellwether init`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether init")]
pub(super) struct Init {
    /// The file to write; it must not exist
    #[arg(value_name = "FILE", default_value = FILE)]
    file: PathBuf,
}

impl Init {
    pub(super) fn run(self) -> Result<u8, CliError> {
        let path = self.file;
        let failed = |cause: std::io::Error| CliError::File {
            doing: "write",
            path: path.clone(),
            cause: cause.to_string(),
            help: "name a file in a folder that exists".to_owned(),
        };
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut file = opened.map_err(|cause| {
            if cause.kind() == std::io::ErrorKind::AlreadyExists {
                CliError::Usage {
                    what: format!("{} exists already, and was not changed", path.display()),
                    help: "name another file: `bellwether init FILE`".to_owned(),
                }
            } else {
                failed(cause)
            }
        })?;
        file.write_all(TEMPLATE.as_bytes()).map_err(failed)?;
        print(&format!("wrote {}\n", path.display()))?;
        Ok(CONFORMS)
    }
}
