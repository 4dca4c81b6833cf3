//! `bellwether.toml`: targets that the user declares.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bellwether_model::Assumption;
use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::{Deserialize, Deserializer};

use crate::reference::planted::Incompatible;
use crate::scenario::nearest;
use crate::target::{AccountScheme, Bound};
use crate::wire::names::{AWAY, HOME};

/// The file that is read if no other is named.
pub const FILE: &str = "bellwether.toml";

/// A commented configuration, as `init` writes it.
pub const TEMPLATE: &str = include_str!("config.toml");

/// The content of a configuration file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The assumptions about every target, against AWS.
    #[serde(default, deserialize_with = "assumptions")]
    pub assume: Vec<Assumption>,
    /// The targets that it declares, by name.
    #[serde(default)]
    pub targets: BTreeMap<String, Declared>,
    /// The targets whose `bound` is spelled `settle`, as in version 0.1.
    #[serde(skip)]
    pub with_settle: Vec<String>,
}

/// A target that the user declares.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// Its URL.
    pub endpoint: Option<String>,
    /// The scheme by which it identifies the calling account.
    #[serde(deserialize_with = "scheme")]
    pub accounts: AccountScheme,
    /// The longest time that an expected change may take to be seen.
    #[serde(default, alias = "settle", deserialize_with = "bound")]
    pub bound: Option<Bound>,
    /// Whether it has a clock to move, at `/_bellwether/clock`.
    #[serde(default)]
    pub clock: bool,
    /// The Region of AWS that is `away` in scenarios.
    #[serde(default, deserialize_with = "away")]
    pub away: Option<String>,
    /// The command that starts it; `{port}` is replaced by a free port.
    pub start: Option<Vec<String>>,
    /// The file of its known divergences, from the folder of the configuration.
    pub known: Option<PathBuf>,
}

fn assumptions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Assumption>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let read = names.iter().map(|name| name.parse());
    read.collect::<Result<_, String>>().map_err(serde::de::Error::custom)
}

fn scheme<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AccountScheme, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

fn bound<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Bound>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

fn away<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_region = text.contains('-') && text.bytes().all(letters);
    if text == HOME {
        let why = format!("{HOME} is `home` in scenarios; name another Region, such as {AWAY}");
        return Err(serde::de::Error::custom(why));
    }
    if !is_region {
        let why = format!("{text:?} is not a Region; expected for instance {AWAY}");
        return Err(serde::de::Error::custom(why));
    }
    Ok(Some(text))
}

/// Reads a duration such as `500ms`, `2s` or `1m 30s`.
///
/// # Errors
///
/// The text is not a valid duration, or a negative one.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let bad =
        || format!("{text:?} is not a valid duration; expected for instance 500ms, 2s or 1m30s");
    let signed: jiff::SignedDuration = text.parse().map_err(|_unparsed| bad())?;
    Duration::try_from(signed).map_err(|_negative| bad())
}

/// The reason that a configuration, or a choice on the command line, can't be followed.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("failed to read {}: {cause}", path.display())]
    #[diagnostic(help("name an existing file with --config, or write one with `bellwether init`"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        cause: std::io::Error,
    },
    /// The file is not a valid configuration.
    #[error("failed to understand the configuration: {cause}")]
    #[diagnostic(help("`bellwether init` writes a commented configuration to compare with"))]
    Malformed {
        /// The reason.
        cause: String,
        /// The file.
        #[source_code]
        source_code: NamedSource<String>,
        /// The place.
        #[label("here")]
        span: Option<SourceSpan>,
    },
    /// No target of this name.
    #[error("there is no target {name:?}")]
    #[diagnostic(help("{}known targets: {}; declare others in bellwether.toml", near(name, known), known.join(", ")))]
    UnknownTarget {
        /// The name.
        name: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// No mutant of this name.
    #[error("there is no mutant {name:?}")]
    #[diagnostic(help("{}`bellwether list mutants` prints all of them", near(name, known)))]
    UnknownMutant {
        /// The name.
        name: String,
        /// The known ones.
        known: Vec<String>,
    },
    /// Mutants that can't be planted together.
    #[error("failed to plant the faults of --mutant: {0}")]
    #[diagnostic(help("name each mutant once, and one that answers every request alike alone"))]
    Incompatible(Incompatible),
    /// A planted fault needs the reference.
    #[error(
        "--mutant plants a fault in the embedded reference, and the target {target} is another"
    )]
    #[diagnostic(help("leave out --target and --endpoint, or --mutant"))]
    MutantOfATarget {
        /// The target chosen.
        target: String,
    },
    /// Delays need the reference.
    #[error(
        "--faults, and --settle with delays, are for the embedded reference, and the target {target} is another"
    )]
    #[diagnostic(help(
        "--bound says how long a target may take; delays and faults of a served reference are given to serve"
    ))]
    SettlingOfATarget {
        /// The target chosen.
        target: String,
    },
    /// The embedded reference has no endpoint.
    #[error("the target reference is embedded: it takes neither --endpoint nor --accounts")]
    #[diagnostic(help("to check an endpoint, pass --endpoint URL and leave out --target"))]
    EndpointOfTheReference,
    /// An endpoint is needed.
    #[error("the target {target} needs an endpoint")]
    #[diagnostic(help(
        "pass --endpoint URL, or declare a target with an endpoint or a start command in bellwether.toml"
    ))]
    NoEndpoint {
        /// The target.
        target: String,
    },
    /// The endpoint is not a valid URL.
    #[error("{url:?} can't be an endpoint: {why}")]
    #[diagnostic(help("an endpoint looks like http://127.0.0.1:5000"))]
    BadEndpoint {
        /// The URL.
        url: String,
        /// The reason.
        why: String,
    },
    /// Real AWS is not to be called yet.
    #[error("{url} is real AWS, and this version does not call it")]
    #[diagnostic(help(
        "a run creates, shares and deletes resources; no mutating call may reach an account that \
         nobody has put on an allow-list, and there is no such list yet"
    ))]
    RealAws {
        /// The URL.
        url: String,
    },
}

/// The nearest known name, as a question.
fn near(name: &str, known: &[String]) -> String {
    let near = nearest(name, known.iter().map(String::as_str));
    near.map(|near| format!("did you mean {near}? ")).unwrap_or_default()
}

impl Config {
    /// The configuration in a file; in `bellwether.toml` if it exists and none is named.
    ///
    /// # Errors
    ///
    /// The file can't be read, or is not a valid configuration.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(FILE));
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(path, text),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(cause) => Err(ConfigError::Unreadable { path: path.to_owned(), cause }),
        }
    }

    fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        match toml::from_str::<Self>(&text) {
            Ok(config) => Ok(Self { with_settle: targets_with_settle(&text), ..config }),
            Err(error) => Err(ConfigError::Malformed {
                cause: error.message().to_owned(),
                span: error.span().map(Into::into),
                source_code: NamedSource::new(path.display().to_string(), text),
            }),
        }
    }
}

/// The names of the targets that a configuration gives a key `settle`.
fn targets_with_settle(text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap_or_default();
    let targets = table.get("targets").and_then(toml::Value::as_table);
    let old = targets.into_iter().flatten().filter(|(_, target)| target.get("settle").is_some());
    old.map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(Path::new("test.toml"), text.to_owned())
    }

    #[test]
    fn the_template_is_a_configuration() {
        assert!(parse(TEMPLATE).is_ok());
        let uncommented: String = TEMPLATE.lines().map(uncomment).collect();
        assert!(!parse(&uncommented).unwrap().targets.is_empty());
    }

    fn uncomment(line: &str) -> String {
        let setting =
            line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with('['));
        format!("{}\n", setting.unwrap_or(line))
    }

    #[test]
    fn a_bound_may_be_spelled_as_in_the_version_before() {
        let bound_of = |key: &str| {
            let config =
                parse(&format!("[targets.mine]\naccounts = \"access-key\"\n{key} = \"3s\"\n"));
            let config = config.unwrap();
            (config.targets["mine"].bound, config.with_settle)
        };
        let bound = Some(Bound::Within(Duration::from_secs(3)));
        assert_eq!(bound_of("bound"), (bound, Vec::new()));
        assert_eq!(bound_of("settle"), (bound, vec!["mine".to_owned()]));
    }

    #[test]
    fn an_unknown_key_a_bad_scheme_and_a_bad_duration_are_refused_with_their_place() {
        for text in [
            "[targets.mine]\naccounts = \"access-key\"\nport = 1\n",
            "[targets.mine]\naccounts = \"keys\"\n",
            "[targets.mine]\naccounts = \"access-key\"\nbound = \"soon\"\n",
            "[targets.mine]\naccounts = \"access-key\"\nbound = \"1s\"\nsettle = \"1s\"\n",
            "[targets.mine]\naccounts = \"access-key\"\naway = \"us-east-1\"\n",
            "[targets.mine]\naccounts = \"access-key\"\naway = \"Oregon\"\n",
            "targets = 3\n",
            "assume = [\"ram-shares-vpcs\"]\n",
        ] {
            let Err(ConfigError::Malformed { span: Some(_), .. }) = parse(text) else {
                panic!("{text} was parsed")
            };
        }
    }
}
