//! Hints about the spellings of version 0.1, which this version still accepts.

use clap::Args;

use crate::reference::settling::SettlingError;
use crate::reference::{Faults, Settling};

/// Says on standard error that something is spelled otherwise by now.
pub(super) fn renamed(old: &str, new: &str) {
    anstream::eprintln!(
        "hint: {old} is now spelled {new}; this version still accepts the old name"
    );
}

/// The faults that the embedded or served reference injects.
#[derive(Clone, Debug, Args)]
pub(super) struct FaultArguments {
    /// Inject faults into the requests to the reference and its answers: breeze, rain, storm, or kinds
    /// with their rates, for instance throttling=5%,dropped-after=2%
    #[arg(long, value_name = "FAULTS")]
    faults: Option<Faults>,
    /// The spelling of version 0.1
    #[arg(long, value_name = "FAULTS", hide = true, conflicts_with = "faults")]
    weather: Option<Faults>,
}

impl FaultArguments {
    /// The faults that were asked for, if any.
    pub(super) fn faults(&self) -> Option<Faults> {
        if self.weather.is_some() {
            renamed("--weather", "--faults");
        }
        self.faults.as_ref().or(self.weather.as_ref()).cloned()
    }
}

/// Injected delays as they are given on the command line.
#[derive(Clone, Debug)]
pub(super) struct Delays {
    settling: Settling,
    /// Whether a delay is given for `thing`, as in version 0.1.
    names_thing: bool,
}

impl Delays {
    /// Reads delays, in either spelling.
    pub(super) fn read(text: &str) -> Result<Self, SettlingError> {
        let names_thing = text.split(',').any(|part| part.trim().starts_with("thing="));
        Ok(Self { settling: text.parse()?, names_thing })
    }

    /// The delays.
    pub(super) fn settling(self) -> Settling {
        if self.names_thing {
            renamed("thing= in --settle", "resource=");
        }
        self.settling
    }
}
