//! Known divergences: a file of those that a target is known to have, each with the reason.
//!
//! It is TOML, to be committed: one table of `known` for each. They do not fail a run. An entry says which
//! divergences it is about; its scenario, if it has one, says whether they still show.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bellwether_model::judge::Difference;
use bellwether_model::operations::OPERATIONS;
use bellwether_model::resources::ASSUMED;
use bellwether_model::rules::{self, Rule};
use bellwether_model::shareable::SHAREABLE;
use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

use crate::counterexample::Counterexample;
use crate::run::{Finding, Origin, Role};
use crate::scenario::{Case, Parsed, nearest};
use crate::subject::types_of;

/// The name that the file has by custom.
pub const FILE: &str = "bellwether.known.toml";

/// The first lines of a new file.
const HEAD: &str = "\
# Known divergences, for `bellwether check --known FILE`: they do not fail a run.
# Say in each why it is accepted, and where it is followed up. An entry is about every divergence of its rule,
# kind and operation; `role`, `field` and `type` narrow it. By its scenario a run finds out whether it still shows.
";

/// The array of tables that holds the entries.
const KEY: &str = "known";

/// The known divergences of a target.
#[derive(Clone, Debug, Default)]
pub struct Known {
    entries: Vec<Entry>,
}

/// A known divergence.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The way in which it is broken.
    pub kind: Difference,
    /// The operation whose answer shows it.
    pub operation: &'static str,
    /// The caller's role; any if `None`.
    pub role: Option<Role>,
    /// The field that is wrong; any, or none, if `None`.
    pub field: Option<String>,
    /// The type of resource that it is about; any, or none, if `None`.
    pub of_type: Option<&'static str>,
    /// The reason that it is accepted.
    pub reason: String,
    /// The place where it is followed up.
    pub link: String,
    /// The scenario that shows it.
    pub scenario: Option<Parsed>,
}

/// The reason that a file of known divergences can't be used.
#[derive(Debug, Error, Diagnostic)]
pub enum KnownError {
    /// It can't be read.
    #[error("failed to read {}: {cause}", path.display())]
    #[diagnostic(help(
        "name an existing file with --known, or write one with `bellwether check --write-known {}`",
        path.display()
    ))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        cause: std::io::Error,
    },
    /// It does not hold known divergences.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Malformed(#[from] Box<Malformed>),
    /// It can't be written.
    #[error("failed to write {}: {cause}", path.display())]
    #[diagnostic(help("--write-known takes a file in a folder that can be written to"))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The reason.
        cause: std::io::Error,
    },
}

/// A place in a file of known divergences that can't be understood.
#[derive(Debug, Error, Diagnostic)]
#[error("failed to understand the known divergences: {cause}")]
#[diagnostic(help("{help}"))]
pub struct Malformed {
    /// The reason.
    cause: String,
    /// Help for the user.
    help: String,
    /// The file.
    #[source_code]
    source_code: NamedSource<String>,
    /// The place.
    #[label("here")]
    span: Option<SourceSpan>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    known: Vec<Written>,
}

/// A table of the file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: Spanned<String>,
    kind: Spanned<String>,
    operation: Spanned<String>,
    role: Option<Spanned<String>>,
    field: Option<String>,
    #[serde(rename = "type")]
    of_type: Option<Spanned<String>>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    link: String,
    scenario: Option<Spanned<String>>,
}

impl Known {
    /// The known divergences in a file.
    ///
    /// # Errors
    ///
    /// The file can't be read, or names what does not exist.
    pub fn load(path: &Path) -> Result<Self, KnownError> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| KnownError::Unreadable { path: path.to_owned(), cause })?;
        Ok(Self::parse(path, &text)?)
    }

    /// Reads the text of a file.
    fn parse(path: &Path, text: &str) -> Result<Self, Box<Malformed>> {
        let reading = Reading { path, text };
        let document: Document = toml::from_str(text).map_err(|error| {
            let help = "an entry has rule, kind and operation, may have role, field, type, reason, link \
                and scenario, and begins with [[known]]";
            reading.malformed(error.message().to_owned(), help.to_owned(), error.span())
        })?;
        let entries = document.known.into_iter().map(|written| reading.entry(written));
        Ok(Self { entries: entries.collect::<Result<_, _>>()? })
    }

    /// The entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The place of the first entry that is about a finding of a case.
    #[must_use]
    pub fn position(&self, case: &Case, finding: &Finding) -> Option<usize> {
        self.entries.iter().position(|entry| entry.is_about(case, finding))
    }

    /// Adds counterexamples that no entry of a file is about, with reasons to fill in, and keeps everything
    /// else of the file as it is, comments too. Without a file it makes one. Returns the number of those added.
    ///
    /// # Errors
    ///
    /// The file can't be read or written, or names what does not exist.
    pub fn write(path: &Path, found: &[Counterexample]) -> Result<usize, KnownError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => return Err(KnownError::Unreadable { path: path.to_owned(), cause }),
        };
        let known = text.as_deref().map(|text| Self::parse(path, text)).transpose()?;
        let known = known.unwrap_or_default();
        let is_new = |it: &&Counterexample| known.position(&it.case, &it.finding).is_none();
        let new: Vec<_> = found.iter().filter(is_new).collect();
        if text.is_some() && new.is_empty() {
            return Ok(0);
        }
        let text = with_entries(path, text.as_deref().unwrap_or(HEAD), &new)?;
        replace(path, &text)
            .map_err(|cause| KnownError::Unwritable { path: path.to_owned(), cause })?;
        Ok(new.len())
    }
}

impl Entry {
    /// Whether it is about a finding of a case.
    #[must_use]
    pub fn is_about(&self, case: &Case, finding: &Finding) -> bool {
        let origin = finding.origin();
        let field = self.field.as_deref();
        origin.rule == self.rule.name
            && origin.difference == self.kind
            && origin.operation == self.operation
            && self.role.is_none_or(|role| origin.role == role)
            && field.is_none_or(|field| origin.field == Some(field))
            && self.of_type.is_none_or(|of_type| types_of(case, finding).contains(of_type))
    }

    /// The origins that cases are mostly to leave out; none if the entry is about one type of resource, since
    /// the others are to be tried.
    pub fn origins(&self) -> impl Iterator<Item = Origin> {
        let roles: BTreeSet<Role> = match (self.of_type, self.role) {
            (Some(_), _) => BTreeSet::new(),
            (None, Some(role)) => [role].into(),
            (None, None) => Role::ALL.into(),
        };
        let Self { rule, kind, operation, .. } = *self;
        roles.into_iter().map(move |role| Origin {
            rule: rule.name,
            difference: kind,
            operation,
            role,
            field: None,
        })
    }
}

/// A file that is being read.
struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reading<'_> {
    fn malformed(
        &self,
        cause: String,
        help: String,
        span: Option<std::ops::Range<usize>>,
    ) -> Box<Malformed> {
        let source_code = NamedSource::new(self.path.display().to_string(), self.text.to_owned());
        Box::new(Malformed { cause, help, source_code, span: span.map(Into::into) })
    }

    fn entry(&self, written: Written) -> Result<Entry, Box<Malformed>> {
        let Written { rule, kind, operation, role: part, field, of_type, reason, link, scenario } =
            written;
        let rule_names = || rules::all().map(|rule| rule.name).collect();
        let rule = self.one(&rule, ("rule", "rules"), rules::find, rule_names)?;
        let kinds = || Difference::all().map(Difference::as_str).collect();
        let kind = self.one(&kind, ("kind", ""), Difference::find, kinds)?;
        let all_operations = || OPERATIONS.iter().map(|info| info.name).collect();
        let listed = ("operation", "operations");
        let operation = self.one(&operation, listed, operation_named, all_operations)?;
        let all_roles = || Role::ALL.map(Role::as_str).to_vec();
        let part =
            part.map(|word| self.one(&word, ("role", ""), role_named, all_roles)).transpose()?;
        let listed = ("type", "resources");
        let of_type = of_type.map(|it| self.one(&it, listed, type_named, || types().collect()));
        let scenario = scenario.map(|scenario| self.scenario(&scenario)).transpose()?;
        let of_type = of_type.transpose()?;
        Ok(Entry { rule, kind, operation, role: part, field, of_type, reason, link, scenario })
    }

    /// The one that a word names.
    fn one<T>(
        &self,
        word: &Spanned<String>,
        (what, list): (&str, &str),
        find: impl Fn(&str) -> Option<T>,
        all: impl Fn() -> Vec<&'static str>,
    ) -> Result<T, Box<Malformed>> {
        let named = word.get_ref();
        find(named).ok_or_else(|| {
            let all = all();
            let near = nearest(named, all.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean {near}?"),
                None if all.len() <= FEW => format!("expected one of {}", all.join(", ")),
                None => format!("`bellwether list {list}` prints all of them"),
            };
            self.malformed(format!("there is no {what} {named:?}"), help, Some(word.span()))
        })
    }

    fn scenario(&self, text: &Spanned<String>) -> Result<Parsed, Box<Malformed>> {
        let parsed = Parsed::read(&self.path.display().to_string(), text.get_ref());
        parsed.map_err(|error| {
            let help = "take the scenario from a report, or leave it out";
            self.malformed(format!("scenario: {error}"), help.to_owned(), Some(text.span()))
        })
    }
}

/// The most words that help lists.
const FEW: usize = 24;

fn operation_named(name: &str) -> Option<&'static str> {
    OPERATIONS.iter().map(|info| info.name).find(|it| *it == name)
}

fn role_named(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.as_str() == name)
}

fn type_named(name: &str) -> Option<&'static str> {
    types().find(|it| *it == name)
}

/// The types of resources that a finding can be about.
fn types() -> impl Iterator<Item = &'static str> {
    SHAREABLE.iter().chain(ASSUMED.iter().map(|(_, of_type)| of_type.facts)).map(|facts| facts.name)
}

/// The text of a file with entries for more counterexamples.
fn with_entries(
    path: &Path,
    text: &str,
    found: &[&Counterexample],
) -> Result<String, Box<Malformed>> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let reading = Reading { path, text };
        reading.malformed(error.message().to_owned(), String::new(), error.span())
    })?;
    // Comments without entries would stand after the entries.
    let before = if document.is_empty() { text } else { "" };
    if document.is_empty() {
        document = DocumentMut::new();
    }
    let entries = document.entry(KEY).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    for found in found {
        let table = table_of(found);
        match entries {
            Item::ArrayOfTables(tables) => tables.push(table),
            // The entries may have been written as an array of inline tables.
            Item::Value(Value::Array(array)) => array.push(table.into_inline_table()),
            Item::None | Item::Value(_) | Item::Table(_) => {}
        }
    }
    Ok(format!("{before}{document}"))
}

/// The table of an entry for a counterexample.
fn table_of(found: &Counterexample) -> Table {
    let Origin { rule, difference, operation, role, field } = found.finding.origin();
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    let mut give = |key: &str, value: &str| {
        table.insert(key, Item::Value(value.into()));
    };
    give("rule", rule);
    give("kind", difference.as_str());
    give("operation", operation);
    give("role", role.as_str());
    if let Some(field) = field {
        give("field", field);
    }
    give("reason", "");
    give("link", "");
    give("scenario", &found.scenario.to_string());
    table
}

/// Replaces a file as a whole, so that there is always the old one or the new one.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let replaced = written.and_then(|()| std::fs::rename(&beside, path));
    if replaced.is_err() {
        // The reason for the failure is what is reported.
        let _gone = std::fs::remove_file(&beside);
    }
    replaced
}

#[cfg(test)]
mod tests;
