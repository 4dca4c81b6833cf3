//! The command `bellwether`; see `bellwether --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    bellwether::cli::run(bellwether_commit::commit!())
}
