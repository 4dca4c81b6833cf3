//! The embedded reference target, in this process.

use std::time::Duration;

use bellwether_model::Assumptions;

use super::{BuiltIn, Chosen};
use crate::config::ConfigError;
use crate::reference::mutants::Mutant;
use crate::target::{AccountScheme, Connection, Target};

/// See [`crate::reference`].
pub(super) const TARGET: BuiltIn = BuiltIn {
    name: "reference",
    says: "the model itself behind the real wire protocols, in this process, no socket",
};

pub(super) fn target(
    chosen: &Chosen,
    mutant: Option<&'static Mutant>,
) -> Result<Target, ConfigError> {
    if chosen.endpoint.is_some() || chosen.accounts.is_some() {
        return Err(ConfigError::EndpointOfTheReference);
    }
    Ok(Target {
        name: mutant.map_or(TARGET.name, |mutant| mutant.name).to_owned(),
        arguments: String::new(),
        connection: Connection::InProcess { mutant },
        accounts: AccountScheme::AccessKey,
        bound: Duration::ZERO,
        assumptions: Assumptions::default(),
        has_clock: true,
        process: None,
    })
}
