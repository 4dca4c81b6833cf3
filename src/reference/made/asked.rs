//! A request as a mutant alters it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request};
use serde_json::Value;

use bellwether_model::Account;

use super::document::{Document, Tree, text_of};
use crate::reference::accounts::key_of;
use crate::reference::members::{self, Reads, is_number};
use crate::reference::{query, router};

/// The operation that a request calls, and what it says. Paths are those of [`Reads`].
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) reads: &'static Reads,
    pub(super) operation: String,
    body: Body,
    /// The parameters in the query string.
    in_query: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
enum Body {
    Form(Vec<(String, String)>),
    Document(Document),
    Other,
}

/// The content type of a form.
const FORM: &[u8] = b"application/x-www-form-urlencoded";

impl Asked {
    /// What a request asks; `None` if it calls no operation.
    pub(super) fn read(request: &Request<Bytes>) -> Option<Self> {
        let (reads, operation) = router::called(request)?;
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_form = content_type.is_some_and(|it| it.as_bytes().starts_with(FORM));
        let body = if is_form {
            Body::Form(query::form(request.body()))
        } else {
            Document::read(request.body()).map_or(Body::Other, Body::Document)
        };
        let in_query = query::form(request.uri().query().unwrap_or_default().as_bytes());
        Some(Self { reads, operation, body, in_query })
    }

    /// The request that says this in place of what it says.
    pub(super) fn write(&self, request: &Request<Bytes>) -> Request<Bytes> {
        let mut altered = request.clone();
        match &self.body {
            Body::Form(form) => *altered.body_mut() = encoded(form).into(),
            Body::Document(document) => *altered.body_mut() = document.write(),
            Body::Other => {}
        }
        let path = request.uri().path();
        let uri = if self.in_query.is_empty() {
            path.parse()
        } else {
            format!("{path}?{}", encoded(&self.in_query)).parse()
        };
        if let Ok(uri) = uri {
            *altered.uri_mut() = uri;
        }
        altered
    }

    /// The names of its parameters; of structures and lists, those of the whole.
    pub(super) fn parameters(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> =
            self.in_query.iter().map(|(key, _)| key.clone()).collect();
        match &self.body {
            Body::Form(form) => names.extend(
                members::of_form(form)
                    .map(|(path, _)| path.split('.').next().unwrap_or_default().to_owned()),
            ),
            Body::Document(Document { tree: Tree::Members(members), .. }) => {
                names.extend(members.iter().map(|(name, _)| name.clone()));
            }
            Body::Document(_) | Body::Other => {}
        }
        names
    }

    /// The paths of all that it says, those of structures and lists included.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let mut whole: BTreeSet<String> =
            self.in_query.iter().map(|(key, _)| key.clone()).collect();
        match &self.body {
            Body::Form(form) => whole.extend(form.iter().map(|(key, _)| without_numbers(key))),
            Body::Document(document) => {
                let (mut leaves, mut lists) = (BTreeSet::new(), BTreeSet::new());
                document.tree.paths("", &mut leaves, &mut lists);
                whole.extend(leaves.iter().chain(&lists).map(|path| path.replace("[]", "")));
            }
            Body::Other => {}
        }
        let above =
            whole.iter().flat_map(|path| path.match_indices('.').map(|(end, _)| &path[..end]));
        let above: BTreeSet<String> = above.map(str::to_owned).collect();
        whole.extend(above);
        whole
    }

    /// All texts that it says, each with the name of its parameter.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        match &self.body {
            Body::Form(form) => found.extend(form.iter().map(|(key, value)| {
                let name = key.split('.').rfind(|word| !is_number(word)).unwrap_or_default();
                (name.to_owned(), value.clone())
            })),
            Body::Document(document) => document.tree.texts("", &mut found),
            Body::Other => {}
        }
        found.extend(self.in_query.iter().cloned());
        found
    }

    /// The texts of a parameter.
    pub(super) fn values(&self, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.clone().alter(path, &mut |text| {
            found.push(text.to_owned());
            text.to_owned()
        });
        found
    }

    /// Whether it says anything of a parameter, or of a structure.
    pub(super) fn says(&self, path: &str) -> bool {
        let is_of = |key: &str| is_of(&without_numbers(key), path);
        let mut said = self.in_query.iter().any(|(key, _)| is_of(key));
        match &self.body {
            Body::Form(form) => said |= form.iter().any(|(key, _)| is_of(key)),
            Body::Document(document) => {
                document.tree.clone().each_inside(path, &mut |_| said = true);
            }
            Body::Other => {}
        }
        said
    }

    /// Leaves out a parameter, or a structure.
    pub(super) fn leave_out(&mut self, path: &str) {
        self.in_query.retain(|(key, _)| !is_of(key, path));
        match &mut self.body {
            Body::Form(form) => form.retain(|(key, _)| !is_of(&without_numbers(key), path)),
            Body::Document(document) => {
                let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
                document.tree.each_inside(above, &mut |tree| match tree {
                    Tree::Rows(_, rows) => rows.iter_mut().for_each(|row| row.remove(name)),
                    Tree::Leaf(_) | Tree::Members(_) => tree.remove(name),
                });
            }
            Body::Other => {}
        }
    }

    /// Alters each text of a parameter.
    pub(super) fn alter(&mut self, path: &str, with: &mut dyn FnMut(&str) -> String) {
        for (key, value) in &mut self.in_query {
            if key == path {
                *value = with(value);
            }
        }
        match &mut self.body {
            Body::Form(form) => {
                for (key, value) in form {
                    if without_numbers(key) == path {
                        *value = with(value);
                    }
                }
            }
            Body::Document(document) => document.tree.each_inside(path, &mut |tree| {
                tree.each_text(&mut |value| *value = altered(value, with));
            }),
            Body::Other => {}
        }
    }

    /// The number of members of the longest list at a path.
    pub(super) fn length(&self, list: &str) -> usize {
        let mut longest = 0;
        self.clone().keep(list, |length| {
            longest = longest.max(length);
            0..length
        });
        longest
    }

    /// Keeps of each list at a path the members in the range that is given for its length.
    pub(super) fn keep(&mut self, list: &str, mut range: impl FnMut(usize) -> Range<usize>) {
        match &mut self.body {
            Body::Form(form) => keep_of_form(form, list, range),
            Body::Document(document) => document.tree.each_inside(list, &mut |tree| {
                if let Tree::Rows(_, rows) = tree {
                    let range = range(rows.len());
                    rows.truncate(range.end);
                    rows.drain(..range.start);
                }
            }),
            Body::Other => {}
        }
    }

    /// Adds a text to each list of texts at a path.
    pub(super) fn add(&mut self, list: &str, text: &str) {
        match &mut self.body {
            Body::Form(form) => {
                let places = form.iter().filter_map(|(key, _)| place(key, list));
                let end = places.filter(|place| place.inside.is_empty()).max_by_key(|it| it.number);
                if let Some(end) = end {
                    form.push((format!("{}.{}", end.list, end.number + 1), text.to_owned()));
                }
            }
            Body::Document(document) => document.tree.each_inside(list, &mut |tree| {
                if let Tree::Rows(_, rows) = tree {
                    rows.push(Tree::Leaf(Value::String(text.to_owned())));
                }
            }),
            Body::Other => {}
        }
    }
}

/// A request as another account would make it.
pub(super) fn made_by(request: &Request<Bytes>, account: Account) -> Request<Bytes> {
    let mut altered = request.clone();
    let signed = request.headers().get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let parts = signed.and_then(|it| it.split_once("Credential="));
    let rest = parts.and_then(|(before, it)| Some((before, it.split_once('/')?.1)));
    if let Some((before, after)) = rest
        && let Ok(value) =
            HeaderValue::from_str(&format!("{before}Credential={}/{after}", key_of(account)))
    {
        altered.headers_mut().insert(AUTHORIZATION, value);
    }
    altered
}

/// A member of a list in a form: `Filter.1.Value.2` is number 2 of the list `Filter.1.Value`.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    list: String,
    number: usize,
    /// The rest of the key.
    inside: String,
}

/// The place that a key of a form has in a list of this path.
fn place(key: &str, list: &str) -> Option<Place> {
    let mut expected = list.split('.').peekable();
    let words: Vec<&str> = key.split('.').collect();
    for (at, word) in words.iter().enumerate() {
        if !is_number(word) {
            if expected.next() != Some(*word) {
                return None;
            }
        } else if expected.peek().is_none()
            && let Ok(number) = word.parse()
        {
            let (list, inside) = (words[..at].join("."), words[at + 1..].join("."));
            return Some(Place { list, number, inside });
        }
    }
    None
}

fn keep_of_form(
    form: &mut Vec<(String, String)>,
    list: &str,
    mut range: impl FnMut(usize) -> Range<usize>,
) {
    let mut numbers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for place in form.iter().filter_map(|(key, _)| place(key, list)) {
        numbers.entry(place.list).or_default().insert(place.number);
    }
    let kept: BTreeMap<String, Vec<usize>> = numbers
        .into_iter()
        .map(|(list, numbers)| {
            let range = range(numbers.len());
            (list, numbers.into_iter().skip(range.start).take(range.len()).collect())
        })
        .collect();
    form.retain_mut(|(key, _)| {
        let Some(place) = place(key, list) else { return true };
        let kept = kept.get(&place.list).map_or(&[][..], Vec::as_slice);
        let Some(rank) = kept.iter().position(|number| *number == place.number) else {
            return false;
        };
        let inside = if place.inside.is_empty() { "" } else { "." };
        *key = format!("{}.{}{inside}{}", place.list, rank + 1, place.inside);
        true
    });
}

fn encoded(pairs: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A key of a form without the numbers of list members.
fn without_numbers(key: &str) -> String {
    key.split('.').filter(|word| !is_number(word)).collect::<Vec<_>>().join(".")
}

/// Whether a path is this one, or leads into it.
fn is_of(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A leaf whose text is altered, of the same type.
fn altered(value: &Value, with: &mut dyn FnMut(&str) -> String) -> Value {
    let text = with(&text_of(value));
    let same = match value {
        Value::Number(_) => text.parse::<i64>().ok().map(Value::from),
        Value::Bool(_) => text.parse::<bool>().ok().map(Value::from),
        Value::String(_) => Some(Value::String(text)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    same.unwrap_or_else(|| value.clone())
}

#[cfg(test)]
mod tests {
    use super::{Place, keep_of_form, place};
    use crate::reference::query;

    #[test]
    fn a_member_has_its_place_in_the_list_that_a_path_names() {
        let of = |list: &str, number, inside: &str| {
            Some(Place { list: list.to_owned(), number, inside: inside.to_owned() })
        };
        let key = "Filter.1.Value.2";
        assert_eq!(place(key, "Filter"), of("Filter", 1, "Value.2"));
        assert_eq!(place(key, "Filter.Value"), of("Filter.1.Value", 2, ""));
        assert_eq!(place(key, "Filter.Name"), None);
        assert_eq!(place("SubnetId", "SubnetId"), None);
        assert_eq!(place("Tags.member.3.Key", "Tags"), of("Tags.member", 3, "Key"));
    }

    #[test]
    fn the_members_that_are_kept_are_numbered_from_one() {
        let mut form = query::form(b"F.1.N=a&F.1.V.1=b&F.1.V.2=c&F.2.N=d&F.2.V.1=e");
        keep_of_form(&mut form, "F.V", |length| length - 1..length);
        assert_eq!(form, query::form(b"F.1.N=a&F.1.V.1=c&F.2.N=d&F.2.V.1=e"));
        keep_of_form(&mut form, "F", |length| length - 1..length);
        assert_eq!(form, query::form(b"F.1.N=d&F.1.V.1=e"));
    }
}
