//! The parameters that the operations of the reference read: everything else that a request says is
//! refused.
//!
//! What is accepted is done. A parameter of AWS that an operation here does not read is refused in plain
//! words, so that no client takes it for done. One that AWS does not have either is refused by EC2, as AWS
//! refuses it, and passed over by the services that speak JSON or XML, as AWS passes over it.
//!
//! The line of an operation names its parameters, as requests spell them and without the numbers of list
//! members, in this notation:
//!
//! | written | read is |
//! |---|---|
//! | `VpcId`, `Tag.Key` | the parameter, whatever its value |
//! | `Filter.*` | all that is in this structure |
//! | `Tenancy=default` | this value alone (or these: `a|b`), because it is what is done anyway |
//! | `~ExternalId` | any value, because there is nothing here that it could change |

mod ec2;
mod licensemanager;
mod organizations;
mod ram;
mod route53;
mod route53profiles;
mod route53resolver;
mod sts;
mod tagging;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde::Deserialize;
use serde_json::{Map, Value};

pub use ec2::EC2;
pub use licensemanager::LICENSE_MANAGER;
pub use organizations::ORGANIZATIONS;
pub use ram::RAM;
pub use route53::ROUTE_53;
pub use route53profiles::ROUTE_53_PROFILES;
pub use route53resolver::ROUTE_53_RESOLVER;
pub use sts::STS;
pub use tagging::TAGGING;

use super::json::Failure;

/// All services.
pub static SERVICES: [&Reads; 9] = [
    &EC2,
    &LICENSE_MANAGER,
    &ORGANIZATIONS,
    &RAM,
    &ROUTE_53,
    &ROUTE_53_PROFILES,
    &ROUTE_53_RESOLVER,
    &STS,
    &TAGGING,
];

/// The parameter that all actions of EC2 read that have it.
const DRY_RUN: &str = "DryRun";

/// A parameter of a request: its path without the numbers of list members, and its value.
pub type Parameter = (String, String);

/// The parameters that the operations of one service read.
#[derive(Debug)]
pub struct Reads {
    /// The service, as the modules of the reference call it.
    pub service: &'static str,
    /// The service, as AWS calls it.
    pub title: &'static str,
    /// The error code of a request that says something that is not read.
    pub code: &'static str,
    /// The operations that are served, each with its parameters in the notation of this module.
    pub operations: &'static [(&'static str, &'static str)],
}

/// What an operation takes on AWS.
#[derive(Debug, Default, Deserialize)]
pub struct Taken {
    /// The paths of its parameters.
    pub members: Vec<String>,
    /// The filters that its documentation names.
    #[serde(default)]
    pub filters: Vec<String>,
    /// The words, or some of them, that a parameter has one of. A flag has `true` and `false`.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// The parameters that are numbers.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// The parameters that are lists, those of structures included.
    #[serde(default)]
    pub lists: Vec<String>,
    /// The least and the greatest MaxResults, where it says them.
    #[serde(default)]
    pub bounds: (Option<usize>, Option<usize>),
}

/// The digest of the service models that `suites/service_models.py` writes.
#[derive(Debug, Default, Deserialize)]
struct ServiceModels {
    operations: BTreeMap<String, Taken>,
}

static SERVICE_MODELS: LazyLock<ServiceModels> = LazyLock::new(|| {
    serde_json::from_str(include_str!("members/service_models.json")).unwrap_or_default()
});

/// What an operation takes where the digest does not have it.
static NOTHING: Taken = Taken {
    members: Vec::new(),
    filters: Vec::new(),
    words: BTreeMap::new(),
    numbers: Vec::new(),
    lists: Vec::new(),
    bounds: (None, None),
};

/// A parameter as an operation's line writes it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Read<'l> {
    /// It is read.
    Whole(&'l str),
    /// It and all that is in it is read.
    Structure(&'l str),
    /// Only these values are taken.
    Values(&'l str, &'l str),
    /// It is taken, and there is nothing that it could change.
    Idle(&'l str),
}

impl<'l> Read<'l> {
    fn new(word: &'l str) -> Self {
        if let Some(path) = word.strip_prefix('~') {
            return Self::Idle(path);
        }
        if let Some(path) = word.strip_suffix(".*") {
            return Self::Structure(path);
        }
        word.split_once('=').map_or(Self::Whole(word), |(path, values)| Self::Values(path, values))
    }

    /// The path of the parameter.
    #[must_use]
    pub fn path(self) -> &'l str {
        match self {
            Self::Whole(path)
            | Self::Structure(path)
            | Self::Values(path, _)
            | Self::Idle(path) => path,
        }
    }

    fn is_of(self, path: &str) -> bool {
        path == self.path() || matches!(self, Self::Structure(above) if is_inside(path, above))
    }
}

/// Whether a path leads into a structure.
fn is_inside(path: &str, structure: &str) -> bool {
    path.strip_prefix(structure).is_some_and(|rest| rest.starts_with('.'))
}

impl Reads {
    /// The parameters that an operation reads; none if it is not in the list.
    pub fn of(&self, operation: &str) -> impl Iterator<Item = Read<'static>> + use<> {
        let line = self.operations.iter().find(|(name, _)| *name == operation);
        line.map_or("", |(_, words)| words).split_whitespace().map(Read::new)
    }

    /// Whether an operation reads a parameter, with some value at least.
    #[must_use]
    pub fn reads(&self, operation: &str, path: &str) -> bool {
        let dry_run = self.service == EC2.service && path == DRY_RUN;
        dry_run || self.of(operation).any(|read| read.is_of(path))
    }

    /// What an operation takes on AWS.
    #[must_use]
    pub fn taken(&self, operation: &str) -> &'static Taken {
        let key = format!("{} {operation}", self.service);
        SERVICE_MODELS.operations.get(&key).unwrap_or(&NOTHING)
    }

    /// Requires that all that a request says is read. What says nothing, such as an empty text, may stand
    /// anywhere.
    ///
    /// # Errors
    ///
    /// A parameter that AWS has is not read, or not with this value; in EC2, one that AWS does not have
    /// either.
    pub fn require_read(
        &self,
        operation: &str,
        parameters: impl IntoIterator<Item = Parameter>,
    ) -> Result<(), Failure> {
        let own: Vec<Read<'_>> = self.of(operation).collect();
        let taken = self.taken(operation);
        for (path, value) in parameters {
            let is_of_aws = taken.has(&path);
            if self.service == EC2.service && path == DRY_RUN && is_of_aws {
                continue;
            }
            let read = own.iter().find(|read| read.is_of(&path));
            let is_it = |it: &str| it.eq_ignore_ascii_case(&value);
            let lacking = match read {
                Some(Read::Values(_, values)) if !values.split('|').any(is_it) => {
                    format!("the value {value} of the parameter {path}")
                }
                None if is_of_aws => format!("the parameter {path}"),
                None if self.service == EC2.service => {
                    let message = format!("The parameter {path} is not recognized");
                    return Err(Failure::new(self.code, message));
                }
                Some(_) | None => continue,
            };
            if !value.is_empty() {
                return Err(self.lacking(&lacking, operation));
            }
        }
        Ok(())
    }

    /// The error of a request for something that AWS has.
    #[must_use]
    pub fn lacking(&self, what: &str, operation: &str) -> Failure {
        Failure::new(self.code, format!("The reference does not have {what} of {operation}"))
    }
}

impl Taken {
    /// Whether a path is one of its parameters, or leads to or from one.
    fn has(&self, path: &str) -> bool {
        self.members.iter().any(|it| it == path || is_inside(it, path) || is_inside(path, it))
    }
}

/// The parameters of a form-encoded request, but for those that all actions have.
pub fn of_form(form: &[(String, String)]) -> impl Iterator<Item = Parameter> {
    let own = form.iter().filter(|(key, _)| !is_of_every_action(key));
    own.map(|(key, value)| {
        let words: Vec<&str> = key.split('.').filter(|word| !is_number(word)).collect();
        (words.join("."), value.clone())
    })
}

/// Whether a word of a parameter numbers a member of a list.
pub(super) fn is_number(word: &str) -> bool {
    // `Tags.member.1.Key` is how the common dialect of the query protocol numbers members.
    word == "member" || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The parameters that every action has: those that name it, and those of the two ways to sign in the
/// query string.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html>
fn is_of_every_action(key: &str) -> bool {
    let known = [
        "Action",
        "Version",
        "AWSAccessKeyId",
        "Expires",
        "SecurityToken",
        "Signature",
        "SignatureMethod",
        "SignatureVersion",
        "Timestamp",
    ];
    known.contains(&key) || key.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("X-Amz-"))
}

/// The members of a JSON request. Empty lists and structures say nothing.
#[must_use]
pub fn of_json(input: &Value) -> Vec<Parameter> {
    input.as_object().map(of_members).unwrap_or_default()
}

/// The members of a JSON structure.
#[must_use]
pub fn of_members(members: &Map<String, Value>) -> Vec<Parameter> {
    let mut found = Vec::new();
    members.iter().for_each(|(key, value)| collect(value, key, &mut found));
    found
}

fn collect(value: &Value, path: &str, found: &mut Vec<Parameter>) {
    let text = match value {
        Value::Object(members) => {
            return members
                .iter()
                .for_each(|(key, value)| collect(value, &format!("{path}.{key}"), found));
        }
        Value::Array(values) => return values.iter().for_each(|value| collect(value, path, found)),
        Value::Null => return,
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    found.push((path.to_owned(), text));
}

/// The texts of an XML document, each with its path from below the root. The `item`s of EC2's lists are no
/// part of a path, as the numbers of list members are none elsewhere. What is not well-formed ends it.
#[must_use]
pub fn of_xml(text: &str) -> Vec<Parameter> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut found, mut above) = (Vec::new(), Vec::new());
    let (mut content, mut is_leaf) = (String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                above.push(tag.name().into_inner().to_owned());
                content.clear();
                is_leaf = true;
            }
            Ok(Event::Text(piece)) => content.push_str(&piece),
            Ok(Event::GeneralRef(named)) => {
                content.push('&');
                content.push_str(&named);
                content.push(';');
            }
            Ok(Event::End(_)) => {
                if is_leaf {
                    let names = above.iter().skip(1).filter(|name| *name != "item");
                    let path = names.map(String::as_str).collect::<Vec<_>>().join(".");
                    let value = unescape(&content).unwrap_or_default().into_owned();
                    found.push((path, value));
                }
                is_leaf = false;
                above.pop();
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
