//! The embedded reference target, in this process.

use std::time::Duration;

use super::{BuiltIn, Chosen};
use crate::config::ConfigError;
use crate::reference::mutants::Mutant;
use crate::target::{Bound, Connection, Target};

/// See [`crate::reference`].
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "reference",
    says: "the model itself behind the real wire protocols, in this process, no socket",
};

/// How long after its longest delay the reference may show something: looks are seconds apart.
const SLACK: Duration = Duration::from_secs(2);

pub(super) fn target(
    chosen: &Chosen,
    mutant: Option<&'static Mutant>,
) -> Result<Target, ConfigError> {
    if chosen.endpoint.is_some() || chosen.accounts.is_some() {
        return Err(ConfigError::EndpointOfTheReference);
    }
    let settling = chosen.settling.clone().unwrap_or_default();
    let weather = chosen.weather.clone().unwrap_or_default();
    let late = settling.longest() + weather.lag();
    let bound = if late.is_zero() { Bound::ZERO } else { (late + SLACK).into() };
    Ok(Target {
        connection: Connection::InProcess { mutant, settling, weather },
        bound,
        ..Target::reference(mutant)
    })
}
