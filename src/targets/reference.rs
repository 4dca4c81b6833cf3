//! The embedded reference target, in this process.

use super::{BuiltIn, Chosen};
use crate::config::ConfigError;
use crate::reference::Planted;
use crate::target::Target;

/// See [`crate::reference`].
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "reference",
    says: "the model itself behind the real wire protocols, in this process, no socket",
};

pub(super) fn target(chosen: &Chosen, planted: Planted) -> Result<Target, ConfigError> {
    if chosen.endpoint.is_some() || chosen.accounts.is_some() {
        return Err(ConfigError::EndpointOfTheReference);
    }
    let settling = chosen.settling.clone().unwrap_or_default();
    let faults = chosen.faults.clone().unwrap_or_default();
    Ok(Target::with_faults(planted, settling, faults))
}
