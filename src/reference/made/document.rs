//! Bodies of requests and answers as trees, whether they are JSON or XML.

use std::collections::BTreeSet;

use bytes::Bytes;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use crate::reference::characters::escaped;

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Document {
    /// The tag of the root with its attributes, in XML.
    root: Option<String>,
    /// All below the root.
    pub(super) tree: Tree,
}

/// A part of a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// A text, a number, a flag or null; in XML, a text.
    Leaf(Value),
    /// The members of a structure.
    Members(Vec<(String, Tree)>),
    /// A list, with the tag of its rows in XML.
    Rows(String, Vec<Tree>),
}

/// The members of answers that are about the request itself: each has its own.
const VOLATILE: [&str; 2] = ["requestid", "responsemetadata"];

/// The declaration before XML.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Document {
    /// A body as it was sent; `None` if it is neither JSON nor XML.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        if text.trim_start().starts_with('<') {
            let root = Element::read(text)?;
            let tag = root.tag.clone();
            return Some(Self { root: Some(tag), tree: root.tree() });
        }
        let value = serde_json::from_str(text).ok()?;
        Some(Self { root: None, tree: Tree::of_json(value) })
    }

    /// The body as it is sent.
    pub(super) fn write(&self) -> Bytes {
        let Some(root) = &self.root else { return self.tree.to_json().to_string().into() };
        let mut text = DECLARATION.to_owned();
        self.tree.write_xml(root, &mut text);
        text.into()
    }
}

/// An element of XML.
struct Element {
    /// Its name and attributes.
    tag: String,
    inside: Vec<Element>,
    text: String,
}

impl Element {
    fn read(text: &str) -> Option<Self> {
        let mut reader = quick_xml::Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        loop {
            let ended = match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    open.push(Self::tagged(&tag));
                    continue;
                }
                Ok(Event::Text(piece)) => {
                    open.last_mut().into_iter().for_each(|it| it.text.push_str(&piece));
                    continue;
                }
                Ok(Event::GeneralRef(named)) => {
                    let named = format!("&{};", &*named);
                    open.last_mut().into_iter().for_each(|it| it.text.push_str(&named));
                    continue;
                }
                Ok(Event::Empty(tag)) => Self::tagged(&tag),
                Ok(Event::End(_)) => open.pop()?,
                Ok(Event::Eof) | Err(_) => return None,
                Ok(_) => continue,
            };
            match open.last_mut() {
                Some(above) => above.inside.push(ended),
                None => return Some(ended),
            }
        }
    }

    fn tagged(tag: &str) -> Self {
        Self { tag: tag.to_owned(), inside: Vec::new(), text: String::new() }
    }

    /// The name without attributes.
    fn name(&self) -> &str {
        self.tag.split(' ').next().unwrap_or_default()
    }

    /// Whether it is a list: XML does not say so. Rows of EC2 are `item`s; others are called as the list is, in
    /// the singular, or there are several.
    fn is_list(&self) -> bool {
        let Some(first) = self.inside.first().map(Self::name) else { return false };
        let alike = self.inside.iter().all(|it| it.name() == first);
        let stem = first.get(..first.len() - 1).unwrap_or_default();
        let singular = self.name().len() > first.len() && self.name().starts_with(stem);
        alike && (first == "item" || self.inside.len() > 1 || singular)
    }

    fn tree(self) -> Tree {
        if self.inside.is_empty() {
            let text = unescape(&self.text).map_or_else(|_| self.text.clone(), Into::into);
            return Tree::Leaf(Value::String(text));
        }
        if self.is_list() {
            let tag = self.inside[0].tag.clone();
            return Tree::Rows(tag, self.inside.into_iter().map(Self::tree).collect());
        }
        let members = self.inside.into_iter();
        Tree::Members(members.map(|it| (it.tag.clone(), it.tree())).collect())
    }
}

impl Tree {
    fn of_json(value: Value) -> Self {
        match value {
            Value::Object(members) => {
                let members = members.into_iter();
                Self::Members(members.map(|(name, value)| (name, Self::of_json(value))).collect())
            }
            Value::Array(rows) => {
                Self::Rows(String::new(), rows.into_iter().map(Self::of_json).collect())
            }
            leaf @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                Self::Leaf(leaf)
            }
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Leaf(value) => value.clone(),
            Self::Members(members) => {
                let members = members.iter().map(|(name, tree)| (name.clone(), tree.to_json()));
                Value::Object(members.collect::<Map<_, _>>())
            }
            Self::Rows(_, rows) => Value::Array(rows.iter().map(Self::to_json).collect()),
        }
    }

    fn write_xml(&self, tag: &str, text: &mut String) {
        text.push('<');
        text.push_str(tag);
        text.push('>');
        match self {
            Self::Leaf(value) => text.push_str(&escaped(&text_of(value))),
            Self::Members(members) => members.iter().for_each(|(tag, it)| it.write_xml(tag, text)),
            Self::Rows(tag, rows) => rows.iter().for_each(|it| it.write_xml(tag, text)),
        }
        text.push_str("</");
        text.push_str(tag.split(' ').next().unwrap_or_default());
        text.push('>');
    }

    /// The member of this name.
    fn member(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Members(members) => {
                members.iter_mut().find(|(own, _)| own == name).map(|(_, tree)| tree)
            }
            Self::Leaf(_) | Self::Rows(..) => None,
        }
    }

    /// Calls for each part at a path, in which `[]` goes into the rows of a list.
    pub(super) fn each(&mut self, path: &str, act: &mut dyn FnMut(&mut Self)) {
        if path.is_empty() {
            return act(self);
        }
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let name = first.strip_suffix("[]").unwrap_or(first);
        let Some(inside) = self.member(name) else { return };
        match inside {
            Self::Rows(_, rows) if name != first => {
                for row in rows {
                    row.each(rest, act);
                }
            }
            Self::Leaf(_) | Self::Members(_) | Self::Rows(..) if name == first => {
                inside.each(rest, act);
            }
            Self::Leaf(_) | Self::Members(_) | Self::Rows(..) => {}
        }
    }

    /// Calls for each part at a path of a request, which goes into the rows of all lists on its way.
    pub(super) fn each_inside(&mut self, path: &str, act: &mut dyn FnMut(&mut Self)) {
        if path.is_empty() {
            return act(self);
        }
        if let Self::Rows(_, rows) = self {
            return rows.iter_mut().for_each(|row| row.each_inside(path, act));
        }
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        if let Some(inside) = self.member(first) {
            inside.each_inside(rest, act);
        }
    }

    /// The texts at this part, and in the rows of a list.
    pub(super) fn each_text(&mut self, act: &mut dyn FnMut(&mut Value)) {
        match self {
            Self::Leaf(value) => act(value),
            Self::Rows(_, rows) => rows.iter_mut().for_each(|row| row.each_text(act)),
            Self::Members(_) => {}
        }
    }

    /// Removes a member.
    pub(super) fn remove(&mut self, name: &str) {
        if let Self::Members(members) = self {
            members.retain(|(own, _)| own != name);
        }
    }

    /// The leaf of this name among the members.
    pub(super) fn leaf(&self, name: &str) -> Option<&Value> {
        let Self::Members(members) = self else { return None };
        let (_, tree) = members.iter().find(|(own, _)| own == name)?;
        match tree {
            Self::Leaf(value) => Some(value),
            Self::Members(_) | Self::Rows(..) => None,
        }
    }

    /// Gives the member of this name another leaf, or removes it.
    pub(super) fn set(&mut self, name: &str, leaf: Option<&Value>) {
        let Some(leaf) = leaf else { return self.remove(name) };
        match self.member(name) {
            Some(member) => *member = Self::Leaf(leaf.clone()),
            None => {
                if let Self::Members(members) = self {
                    members.push((name.to_owned(), Self::Leaf(leaf.clone())));
                }
            }
        }
    }

    /// All texts, each with the name of the member that it is, or is listed in.
    pub(super) fn texts(&self, name: &str, found: &mut Vec<(String, String)>) {
        match self {
            Self::Leaf(value) => found.push((name.to_owned(), text_of(value))),
            Self::Members(members) => members.iter().for_each(|(own, it)| it.texts(own, found)),
            Self::Rows(_, rows) => rows.iter().for_each(|row| row.texts(name, found)),
        }
    }

    /// The paths of its leaves and of its lists.
    pub(super) fn paths(
        &self,
        path: &str,
        leaves: &mut BTreeSet<String>,
        lists: &mut BTreeSet<String>,
    ) {
        match self {
            Self::Leaf(_) => {
                if !path.is_empty() && !path.ends_with("[]") {
                    leaves.insert(path.to_owned());
                }
            }
            Self::Members(members) => {
                for (name, tree) in members.iter().filter(|(name, _)| !is_volatile(name)) {
                    let inside = if path.is_empty() { name } else { &format!("{path}.{name}") };
                    tree.paths(inside, leaves, lists);
                }
            }
            Self::Rows(_, rows) => {
                let path = format!("{path}[]");
                for row in rows {
                    row.paths(&path, leaves, lists);
                }
                lists.insert(path);
            }
        }
    }

    /// Takes out what each request has for itself, and with it the members that `more` names.
    pub(super) fn strip(&mut self, more: &[&str]) {
        match self {
            Self::Leaf(_) => {}
            Self::Members(members) => {
                members.retain(|(name, _)| {
                    !is_volatile(name) && !more.iter().any(|it| it.eq_ignore_ascii_case(name))
                });
                for (_, tree) in members {
                    tree.strip(more);
                }
            }
            Self::Rows(_, rows) => rows.iter_mut().for_each(|row| row.strip(more)),
        }
    }
}

fn is_volatile(name: &str) -> bool {
    VOLATILE.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// A leaf as a text.
pub(super) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
