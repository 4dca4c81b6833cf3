//! What `terraform show -json` prints of a plan or a state: resources, and what their arguments refer to.
//!
//! In a state every argument has a value. In a plan the ARN of what is yet to be made has none; there the
//! configuration, which a plan holds too, says which resource an argument refers to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

/// The hops through variables and outputs of modules that are followed.
const HOPS_MAX: usize = 16;

/// A plan or a state.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    /// The version of the form, which tells it from other JSON.
    #[serde(rename = "format_version")]
    _version: String,
    /// What there will be, in a plan.
    planned_values: Option<Values>,
    /// What there is, in a state.
    values: Option<Values>,
    /// What there was before, in a plan: its data sources are read already.
    prior_state: Option<Prior>,
    #[serde(default)]
    configuration: Configuration,
}

#[derive(Debug, Deserialize)]
struct Prior {
    values: Option<Values>,
}

#[derive(Debug, Deserialize)]
struct Values {
    #[serde(default)]
    root_module: Module,
}

#[derive(Debug, Default, Deserialize)]
struct Module {
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default)]
    child_modules: Vec<Module>,
}

/// A resource, or a data source.
#[derive(Debug, Deserialize)]
pub(super) struct Resource {
    /// Its address, with the keys of `count` and `for_each`.
    pub(super) address: String,
    mode: String,
    /// Its type, for instance `aws_subnet`.
    #[serde(rename = "type")]
    pub(super) of_type: String,
    /// Its name.
    pub(super) name: String,
    #[serde(default)]
    index: Value,
    /// The values of its arguments and attributes, as far as they are known.
    #[serde(default)]
    pub(super) values: Map<String, Value>,
}

#[derive(Debug, Default, Deserialize)]
struct Configuration {
    #[serde(default)]
    root_module: Configured,
}

#[derive(Debug, Default, Deserialize)]
struct Configured {
    #[serde(default)]
    resources: Vec<ConfiguredResource>,
    #[serde(default)]
    module_calls: BTreeMap<String, ModuleCall>,
    #[serde(default)]
    outputs: BTreeMap<String, Output>,
}

#[derive(Debug, Deserialize)]
struct ConfiguredResource {
    address: String,
    #[serde(default)]
    expressions: Map<String, Value>,
    #[serde(default)]
    for_each_expression: Value,
}

#[derive(Debug, Deserialize)]
struct ModuleCall {
    #[serde(default)]
    module: Configured,
    #[serde(default)]
    expressions: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Output {
    #[serde(default)]
    expression: Value,
}

/// An argument, as far as the document says what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Argument<'d> {
    /// A text.
    Text(&'d str),
    /// Something of this resource.
    Of(&'d str),
    /// Nothing that can be told.
    Unknown,
}

impl Resource {
    fn is_managed(&self) -> bool {
        self.mode == "managed"
    }

    /// Its address in the configuration: without the keys of `count` and `for_each`.
    fn configured(&self) -> String {
        let own = if self.is_managed() { "" } else { "data." };
        let modules = module_path(&self.address);
        let path = written(&modules);
        format!("{path}{own}{}.{}", self.of_type, self.name)
    }

    /// A value that is a text.
    pub(super) fn text(&self, argument: &str) -> Option<&str> {
        self.values.get(argument).and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}

/// The resources of a document's part, those of modules after those around them.
fn resources_of(values: &Values) -> Vec<&Resource> {
    let mut all = Vec::new();
    let mut left = vec![&values.root_module];
    while let Some(module) = left.pop() {
        all.extend(&module.resources);
        left.extend(module.child_modules.iter().rev());
    }
    all
}

/// The modules of a path, as an address begins with them.
fn written(path: &[String]) -> String {
    let mut written = String::new();
    for name in path {
        written.extend(["module.", name, "."]);
    }
    written
}

/// The names of the modules that an address lies in.
fn module_path(address: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = address;
    while let Some(inner) = rest.strip_prefix("module.") {
        let end = inner.find(['.', '[']).unwrap_or(inner.len());
        names.push(inner[..end].to_owned());
        let after = &inner[end..];
        // A key may hold dots: it ends with its bracket.
        let after = if after.starts_with('[') {
            after.find("].").map_or("", |place| &after[place + 2..])
        } else {
            after.strip_prefix('.').unwrap_or_default()
        };
        rest = after;
    }
    names
}

impl Document {
    /// Whether it says what there is, rather than what there will be.
    pub(super) fn has_values(&self) -> bool {
        self.planned_values.is_some() || self.values.is_some()
    }

    /// All managed resources, those of modules after those around them.
    pub(super) fn resources(&self) -> Vec<&Resource> {
        self.all().into_iter().filter(|it| it.is_managed()).collect()
    }

    /// All resources and data sources.
    fn all(&self) -> Vec<&Resource> {
        let main = self.planned_values.as_ref().or(self.values.as_ref());
        let before = self.prior_state.as_ref().and_then(|it| it.values.as_ref());
        let read = before.map(resources_of).unwrap_or_default();
        let read = read.into_iter().filter(|it| !it.is_managed());
        main.map(resources_of).unwrap_or_default().into_iter().chain(read).collect()
    }

    /// What an argument of a resource is.
    pub(super) fn argument<'d>(&'d self, of: &'d Resource, argument: &str) -> Argument<'d> {
        if let Some(text) = of.text(argument) {
            return self
                .owner_of(text)
                .map_or(Argument::Text(text), |it| Argument::Of(&it.address));
        }
        let modules = module_path(&of.address);
        let own = format!("{}.{}", of.of_type, of.name);
        let configured = self.module(&modules).into_iter().flat_map(|module| &module.resources);
        let found = configured.into_iter().find(|it| it.address == own);
        let expression = found.and_then(|it| {
            let expression = it.expressions.get(argument)?;
            let is_each = references(expression).any(|it| it.starts_with("each.value"));
            Some(if is_each { &it.for_each_expression } else { expression })
        });
        let Some(expression) = expression else { return Argument::Unknown };
        match self.resolve(&modules, expression, HOPS_MAX) {
            Some((path, references)) => self.instance(of, &path, &references),
            None => Argument::Unknown,
        }
    }

    /// The resource whose ARN or id a text is.
    fn owner_of(&self, text: &str) -> Option<&Resource> {
        let is_it = |it: &&Resource| ["arn", "id"].iter().any(|name| it.text(name) == Some(text));
        let mut all = self.all();
        // Other resources bear the ids of these, such as an association that of its share.
        all.retain(|it| !it.of_type.contains("_association") && !it.of_type.contains("_accepter"));
        all.into_iter().find(is_it)
    }

    /// The configuration of a module.
    fn module(&self, path: &[String]) -> Option<&Configured> {
        let root = &self.configuration.root_module;
        path.iter().try_fold(root, |module, name| Some(&module.module_calls.get(name)?.module))
    }

    /// Follows an expression through variables and outputs to a reference to a resource, and the module in which
    /// that reference stands.
    fn resolve<'d>(
        &'d self,
        path: &[String],
        expression: &'d Value,
        hops: usize,
    ) -> Option<(Vec<String>, Vec<&'d str>)> {
        let subject = subject(expression)?;
        let hops = hops.checked_sub(1)?;
        let parts: Vec<&str> = subject.split('.').collect();
        match parts[..] {
            ["var", name, ..] => {
                let (module, around) = path.split_last()?;
                let call = self.module(around)?.module_calls.get(module)?;
                self.resolve(around, call.expressions.get(name)?, hops)
            }
            ["module", module, output] => {
                let mut inner = path.to_vec();
                inner.push(module.to_owned());
                let output = self.module(&inner)?.outputs.get(output)?;
                self.resolve(&inner, &output.expression, hops)
            }
            // Of a resource.
            _ => Some((path.to_vec(), references(expression).collect())),
        }
    }

    /// The instance that references mean: the only one, the one whose key they name, or the one with the key of the
    /// resource that refers to it.
    fn instance<'d>(
        &'d self,
        from: &Resource,
        path: &[String],
        references: &[&'d str],
    ) -> Argument<'d> {
        let path = written(path);
        let all = self.all();
        for reference in references {
            let whole = format!("{path}{reference}");
            if let Some(it) = all.iter().find(|it| it.address == whole) {
                return Argument::Of(&it.address);
            }
            let found: Vec<_> = all.iter().filter(|it| it.configured() == whole).collect();
            let of_key = || found.iter().find(|it| it.index == from.index);
            match found[..] {
                [] => {}
                [it] => return Argument::Of(&it.address),
                _ if from.index.is_null() => return Argument::Unknown,
                _ => {
                    return of_key().map_or(Argument::Unknown, |it| Argument::Of(&it.address));
                }
            }
        }
        // A data source, or what is not read yet: its address says what it is.
        let named = references.iter().rev().find(|it| it.starts_with("data."));
        named.map_or(Argument::Unknown, |it| Argument::Of(it))
    }
}

/// The references of an expression: each part of a chain (`aws_subnet.a.arn`, `aws_subnet.a`) is one.
fn references(expression: &Value) -> impl Iterator<Item = &str> {
    let references = expression.get("references").and_then(Value::as_array);
    references.into_iter().flatten().filter_map(Value::as_str)
}

/// The one resource, variable or output that an expression refers to; `None` if there are several, since which of
/// them it means is not said.
fn subject(expression: &Value) -> Option<String> {
    let mut subjects: BTreeSet<String> = BTreeSet::new();
    for reference in references(expression) {
        let parts: Vec<&str> = without_keys(reference).split('.').collect();
        let length = match parts[..] {
            ["each" | "count" | "path" | "self" | "terraform", ..] | ["module", _] => continue,
            ["data" | "module", _, _, ..] => 3,
            _ => 2,
        };
        subjects.insert(parts.get(..length)?.join("."));
    }
    let subject = subjects.pop_first()?;
    subjects.is_empty().then_some(subject)
}

/// A reference up to its first key: what follows it says no other resource.
fn without_keys(reference: &str) -> &str {
    reference.split('[').next().unwrap_or(reference)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{module_path, subject};

    #[test]
    fn the_modules_of_an_address_are_read_over_keys_with_dots() {
        assert_eq!(module_path("aws_subnet.a"), [""; 0]);
        assert_eq!(module_path("module.net.aws_subnet.a[0]"), ["net"]);
        let nested = "module.net[\"eu.west\"].module.inner[0].aws_subnet.a";
        assert_eq!(module_path(nested), ["net", "inner"]);
    }

    #[test]
    fn an_expression_of_two_resources_says_neither() {
        let subject = |references: &[&str]| subject(&json!({"references": references}));
        let one = ["aws_subnet.a[0].arn", "aws_subnet.a[0]", "aws_subnet.a", "count.index"];
        assert_eq!(subject(&one).as_deref(), Some("aws_subnet.a"));
        let output = ["module.net.arns", "module.net", "each.key"];
        assert_eq!(subject(&output).as_deref(), Some("module.net.arns"));
        let either = ["var.is_public", "aws_subnet.a.arn", "aws_subnet.a"];
        assert_eq!(subject(&either), None);
        assert_eq!(subject(&["each.value"]), None);
    }
}
