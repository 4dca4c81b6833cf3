//! The built-in targets, one file each, and how a target is chosen.

mod endpoint;
mod moto;
mod reference;

use std::time::Duration;

use crate::config::{Config, ConfigError};
use crate::reference::mutants::{self, Mutant};
use crate::target::{AccountScheme, Target, TargetError};

/// A built-in target.
#[derive(Copy, Clone, Debug)]
pub struct BuiltIn {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is.
    pub says: &'static str,
}

/// The built-in targets.
pub static BUILT_IN: &[BuiltIn] = &[reference::TARGET, moto::TARGET, endpoint::TARGET];

/// What the command line says of the target.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// `--target`
    pub name: Option<String>,
    /// `--endpoint`
    pub endpoint: Option<String>,
    /// `--accounts`
    pub accounts: Option<AccountScheme>,
    /// `--settle`
    pub settle: Option<Duration>,
    /// `--mutant`
    pub mutant: Option<String>,
}

/// Why no target can be had.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError {
    /// The command line or the configuration does not make sense.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The target can't be used.
    #[error(transparent)]
    Target(#[from] TargetError),
}

/// The target that the command line and the configuration name; the embedded reference if none.
///
/// # Errors
///
/// The name is unknown, the choice contradicts itself, or the target can't be started.
pub async fn choose(chosen: &Chosen, config: &Config) -> Result<Target, ChoiceError> {
    let mutant = chosen.mutant.as_deref().map(find_mutant).transpose()?;
    let name = match (&chosen.name, &chosen.endpoint) {
        (Some(name), _) => name.as_str(),
        (None, Some(_)) => endpoint::TARGET.name,
        (None, None) => reference::TARGET.name,
    };
    if mutant.is_some() && name != reference::TARGET.name {
        return Err(ConfigError::MutantOfATarget { target: name.to_owned() }.into());
    }
    let declared = config.targets.get(name);
    let mut target = match name {
        _ if declared.is_some() => {
            let Some(declared) = declared else { unreachable!("it was just looked up") };
            endpoint::declared(name, declared, chosen).await?
        }
        "reference" => reference::target(chosen, mutant)?,
        "moto" => moto::target(chosen).await?,
        "endpoint" => endpoint::target(chosen)?,
        _unknown => {
            let known = BUILT_IN.iter().map(|target| target.name.to_owned());
            let known = known.chain(config.targets.keys().cloned()).collect();
            return Err(ConfigError::UnknownTarget { name: name.to_owned(), known }.into());
        }
    };
    if let Some(settle) = chosen.settle {
        target.bound = settle;
    }
    Ok(target)
}

fn find_mutant(name: &str) -> Result<&'static Mutant, ConfigError> {
    mutants::find(name).ok_or_else(|| {
        let known = mutants::MUTANTS.iter().map(|mutant| mutant.name.to_owned()).collect();
        ConfigError::UnknownMutant { name: name.to_owned(), known }
    })
}
