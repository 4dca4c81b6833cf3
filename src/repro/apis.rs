//! The shapes of the operations that reproductions call: how they are sent, and the members of their inputs and
//! outputs.
//!
//! They are read from a digest of botocore's service models, which `suites/api_shapes.py` writes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

/// An operation.
#[derive(Clone, Debug)]
pub(super) struct Api {
    /// Its service, by Bellwether's name of it.
    pub(super) service: String,
    /// Its name.
    pub(super) name: String,
    /// The HTTP method of its requests.
    pub(super) method: String,
    /// The path of its requests, with `{Member}` in place of members, and without a query string.
    pub(super) path: String,
    /// The members of its input.
    pub(super) input: Vec<Member>,
    /// The members of its output.
    pub(super) output: Vec<Member>,
}

/// A member of a structure.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// The API's own name.
    pub(super) name: String,
    /// Its name on the wire.
    pub(super) wire: String,
    /// Its type.
    pub(super) kind: Kind,
    /// Whether it is required.
    pub(super) required: bool,
    /// Whether clients fill it in, so that requests differ.
    pub(super) is_token: bool,
}

/// The type of a member.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// One of some words.
    Enum,
    /// An integer.
    Integer,
    /// A long integer.
    Long,
    /// True or false.
    Flag,
    /// A time.
    Time,
    /// A list, with its rows.
    List(Box<Member>),
    /// A structure, by the name of its shape.
    Structure(String, Vec<Member>),
}

#[derive(Deserialize)]
struct Digest {
    operations: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    http: [String; 2],
    #[serde(default, rename = "in")]
    input: Vec<Value>,
    #[serde(default, rename = "out")]
    output: Vec<Value>,
}

static APIS: LazyLock<Vec<Api>> = LazyLock::new(|| {
    let digest: Digest =
        serde_json::from_str(include_str!("apis.json")).expect("the digest is well formed");
    digest.operations.into_iter().filter_map(|(key, entry)| Api::read(&key, &entry)).collect()
});

/// The operations of the digest.
pub(super) fn all() -> &'static [Api] {
    &APIS
}

/// The operation of this name, which is unique among the services; that of `service` where two bear it.
pub(super) fn find(service: &str, name: &str) -> Option<&'static Api> {
    APIS.iter().find(|api| api.service == service && api.name == name)
}

impl Api {
    fn read(key: &str, entry: &Entry) -> Option<Self> {
        let (service, name) = key.split_once(' ')?;
        let [method, uri] = &entry.http;
        Some(Self {
            service: service.to_owned(),
            name: name.to_owned(),
            method: method.clone(),
            path: uri.split('?').next().unwrap_or_default().to_owned(),
            input: members(&entry.input),
            output: members(&entry.output),
        })
    }
}

fn members(values: &[Value]) -> Vec<Member> {
    values.iter().filter_map(Member::read).collect()
}

impl Member {
    fn read(value: &Value) -> Option<Self> {
        let [name, wire, kind, rest @ ..] = value.as_array()?.as_slice() else { return None };
        let flags = kind.as_str()?;
        let kind = match flags.chars().next()? {
            'e' => Kind::Enum,
            'i' => Kind::Integer,
            'l' => Kind::Long,
            'b' => Kind::Flag,
            't' => Kind::Time,
            '[' => Kind::List(Box::new(Self::read(rest.first()?)?)),
            '{' => Kind::Structure(
                rest.first()?.as_str()?.to_owned(),
                members(rest.get(1)?.as_array()?),
            ),
            _ => Kind::Text,
        };
        Some(Self {
            name: name.as_str()?.to_owned(),
            wire: wire.as_str()?.to_owned(),
            kind,
            required: flags.contains('!'),
            is_token: flags.contains('~'),
        })
    }

    /// The members of the structure that it is, or that its rows are.
    pub(super) fn inside(&self) -> &[Self] {
        match &self.kind {
            Kind::Structure(_, members) => members,
            Kind::List(row) => row.inside(),
            Kind::Text | Kind::Enum | Kind::Integer | Kind::Long | Kind::Flag | Kind::Time => &[],
        }
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }
}

/// The members along a path, from the outermost one on; `None` if there is no such path.
pub(super) fn along<'a>(members: &'a [Member], path: &[String]) -> Option<Vec<&'a Member>> {
    let mut found = Vec::new();
    let mut members = members;
    for name in path.iter().filter(|name| name.parse::<usize>().is_err()) {
        let member = members.iter().find(|member| member.name == *name)?;
        members = member.inside();
        found.push(member);
    }
    Some(found)
}

/// The path to a member of this name, the shortest there is; a name may begin with a small or a large letter.
pub(super) fn path_to(members: &[Member], name: &str) -> Option<Vec<String>> {
    let own = members.iter().find(|member| same(&member.name, name));
    if let Some(own) = own {
        return Some(vec![own.name.clone()]);
    }
    members.iter().filter(|member| matches!(member.kind, Kind::Structure(..))).find_map(|member| {
        let mut path = path_to(member.inside(), name)?;
        path.insert(0, member.name.clone());
        Some(path)
    })
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
