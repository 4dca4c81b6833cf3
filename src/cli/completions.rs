//! `bellwether completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{CONFORMS, Cli, CliError, NAME, print};

/// The arguments of `bellwether completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: bellwether completions bash > ~/.local/share/bash-completion/completions/bellwether"
)]
pub(super) struct Completions {
    /// Shell to complete for
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<u8, CliError> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), NAME, &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(CONFORMS)
    }
}
