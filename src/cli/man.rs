//! `bellwether man`

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};

use super::{CONFORMS, Cli, CliError, print};

/// The arguments of `bellwether man`.
#[derive(Debug, Args)]
#[command(after_help = "Example: bellwether man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// Folder to write the pages to; it is made where it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &self.folder));
        written.map_err(|cause| CliError::File {
            doing: "write manual pages to",
            path: self.folder.clone(),
            cause: cause.to_string(),
            help: "name a folder that can be written to".to_owned(),
        })?;
        print(&format!("wrote the manual pages to {}\n", self.folder.display()))?;
        Ok(CONFORMS)
    }
}
