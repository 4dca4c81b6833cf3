//! The built-in targets, one file each, and the choice of a target.

mod endpoint;
mod moto;
mod reference;

use std::path::PathBuf;
use std::time::Duration;

use bellwether_model::Assumptions;

use crate::config::{Config, ConfigError};
use crate::reference::mutants::{self, Mutant};
use crate::reference::{Faults, Planted, Settling};
use crate::target::{AccountScheme, Bound, Target, TargetError};

pub(crate) use endpoint::connection;

/// A built-in target.
#[derive(Copy, Clone, Debug)]
pub struct BuiltIn {
    /// Its name on the command line.
    pub name: &'static str,
    /// A sentence about it.
    pub says: &'static str,
}

/// The built-in targets.
pub static BUILT_IN: &[BuiltIn] = &[reference::TARGET, moto::TARGET, endpoint::TARGET];

/// The choice of a target on the command line.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// `--target`
    pub name: Option<String>,
    /// `--endpoint`
    pub endpoint: Option<String>,
    /// `--accounts`
    pub accounts: Option<AccountScheme>,
    /// `--bound`
    pub bound: Option<Bound>,
    /// `--request-timeout`
    pub request_timeout: Option<Duration>,
    /// `--settle`
    pub settling: Option<Settling>,
    /// `--faults`
    pub faults: Option<Faults>,
    /// `--clock`
    pub clock: bool,
    /// `--mutant`
    pub mutants: Vec<String>,
    /// `--assume`
    pub assumed: Assumptions,
    /// `--config`
    pub config: Option<PathBuf>,
}

impl Chosen {
    /// The options by which another command chooses the same target, for a shell.
    fn arguments(&self, name: &str, accounts: &AccountScheme) -> String {
        let mut words = vec!["--target".to_owned(), quoted(name)];
        let mut give = |option: &str, value: &str| {
            words.extend([option.to_owned(), quoted(value)]);
        };
        if let Some(url) = &self.endpoint {
            give("--endpoint", url);
        }
        if self.accounts.is_some() || name == endpoint::TARGET.name {
            give("--accounts", &accounts.to_string());
        }
        if let Some(bound) = self.bound {
            give("--bound", &bound.to_string());
        }
        if let Some(timeout) = self.request_timeout {
            give("--request-timeout", &format!("{}ms", timeout.as_millis()));
        }
        if let Some(settling) = &self.settling {
            give("--settle", &settling.to_string());
        }
        if let Some(faults) = &self.faults {
            give("--faults", &faults.to_string());
        }
        if !self.mutants.is_empty() {
            give("--mutant", &self.mutants.join(","));
        }
        if let Some(assumed) = self.assumed.names() {
            give("--assume", &assumed);
        }
        if let Some(config) = &self.config {
            give("--config", &config.display().to_string());
        }
        if self.clock {
            words.push("--clock".to_owned());
        }
        words.join(" ")
    }
}

/// A word as a shell takes it for one.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The reason that there is no target.
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
    let planted = plant(&chosen.mutants)?;
    let name = match (&chosen.name, &chosen.endpoint) {
        (Some(name), _) => name.as_str(),
        (None, Some(_)) => endpoint::TARGET.name,
        (None, None) => reference::TARGET.name,
    };
    if !planted.is_empty() && name != reference::TARGET.name {
        return Err(ConfigError::MutantOfATarget { target: name.to_owned() }.into());
    }
    let behaves = chosen.settling.is_some() || chosen.faults.is_some();
    if behaves && name != reference::TARGET.name {
        return Err(ConfigError::SettlingOfATarget { target: name.to_owned() }.into());
    }
    let declared = config.targets.get(name);
    let mut target = match name {
        _ if declared.is_some() => {
            let Some(declared) = declared else { unreachable!("it was just looked up") };
            endpoint::declared(name, declared, chosen).await?
        }
        "reference" => reference::target(chosen, planted)?,
        "moto" => moto::target(chosen).await?,
        "endpoint" => endpoint::target(chosen)?,
        _unknown => {
            let known = BUILT_IN.iter().map(|target| target.name.to_owned());
            let known = known.chain(config.targets.keys().cloned()).collect();
            return Err(ConfigError::UnknownTarget { name: name.to_owned(), known }.into());
        }
    };
    if let Some(bound) = chosen.bound {
        (target.bound, target.is_bound_given) = (bound, true);
    }
    target.assumptions = chosen.assumed.and(config.assume.iter().copied().collect());
    target.arguments = chosen.arguments(name, &target.accounts);
    Ok(target)
}

/// The planted faults of these names.
///
/// # Errors
///
/// There is none of a name, or they can't be planted together.
pub fn plant(names: &[impl AsRef<str>]) -> Result<Planted, ConfigError> {
    let found = names.iter().map(|name| {
        let name = name.as_ref();
        mutants::find(name).ok_or_else(|| {
            let known = mutants::all().map(|(_, mutant)| mutant.name.to_owned()).collect();
            ConfigError::UnknownMutant { name: name.to_owned(), known }
        })
    });
    let found = found.collect::<Result<Vec<&'static Mutant>, ConfigError>>()?;
    Planted::together(&found).map_err(ConfigError::Incompatible)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_word_that_a_shell_would_split_is_quoted() {
        assert_eq!(quoted("http://127.0.0.1:5000"), "http://127.0.0.1:5000");
        assert_eq!(quoted("process:give {account}"), "'process:give {account}'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
