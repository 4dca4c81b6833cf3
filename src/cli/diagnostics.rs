//! What a run says on standard error beside its result: progress, calls, traces.

use clap::Args;
use tracing::Level;
use tracing_subscriber::filter::{FilterExt as _, Targets, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

use super::CliError;
use crate::event::{Listener, Silence};
use crate::report::progress::Progress;
use crate::wire::trace::CALLS;

/// The variable that selects traces, as in other programs.
const RUST_LOG: &str = "RUST_LOG";

/// The root of the names of Bellwether's own traces. Those of its dependencies stay out: they may show what a
/// request is signed with.
const OWN: &str = "bellwether";

/// The amount of what is said on standard error.
#[derive(Copy, Clone, Debug, Args)]
pub(super) struct Diagnostics {
    /// Say nothing on standard error but errors
    #[arg(long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Print each call with its answer on standard error
    #[arg(long, global = true)]
    verbose: bool,
}

impl Diagnostics {
    /// Begins to print calls, or the traces that `RUST_LOG` selects: spans of plays, events of calls.
    pub(super) fn listen(self) -> Result<(), CliError> {
        let selected = std::env::var(RUST_LOG).ok().filter(|it| !it.trim().is_empty());
        let Some(selected) = selected else {
            if self.verbose {
                let calls = Targets::new().with_target(CALLS, Level::DEBUG);
                let lines = fmt::layer().without_time().with_level(false).with_target(false);
                let lines = lines.with_ansi(false).with_writer(std::io::stderr);
                tracing_subscriber::registry().with(lines.with_filter(calls)).init();
            }
            return Ok(());
        };
        let targets: Targets = selected.parse().map_err(|error| CliError::Usage {
            what: format!("{selected:?} is not a valid {RUST_LOG}: {error}"),
            help:
                "a level, or names with levels: debug, or bellwether=info,bellwether::calls=debug"
                    .to_owned(),
        })?;
        let verbose = self.verbose.then_some((CALLS, Level::DEBUG));
        let targets = targets.with_targets(verbose);
        let own = filter_fn(|it| it.target() == OWN || it.target().starts_with("bellwether::"));
        let lines = fmt::layer().with_ansi(false).with_writer(std::io::stderr);
        tracing_subscriber::registry().with(lines.with_filter(targets.and(own))).init();
        Ok(())
    }

    /// The listener that shows progress, if it is to be shown.
    pub(super) fn progress(self) -> Box<dyn Listener> {
        if self.quiet {
            Box::new(Silence)
        } else if self.verbose {
            Box::new(Progress::as_log())
        } else {
            Box::new(Progress::new())
        }
    }
}
