//! The shapes of answers: what the reference answers to each operation in the suites.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use bytes::Bytes;
use http::{Request, Response};
use serde::{Deserialize, Serialize};

use super::MadeMutant;
use super::asked::Asked;
use super::document::{Document, Tree};
use super::operators::Group;

/// What was asked of one operation, and answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Answered {
    /// The paths of the fields; `[]` stands for the rows of a list.
    pub fields: BTreeSet<String>,
    /// The paths of the lists, each with `[]` at its end.
    pub lists: BTreeSet<String>,
    /// The codes of refusals.
    pub codes: BTreeSet<String>,
    /// The paths of the parameters that requests bore.
    #[serde(skip)]
    pub said: BTreeSet<String>,
}

/// What was answered to each operation: the service and the operation, with a blank between.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answered>);

static WRITTEN: LazyLock<Answers> =
    LazyLock::new(|| serde_json::from_str(include_str!("answers.json")).unwrap_or_default());

/// What was answered where nothing was.
static NOTHING: Answered = Answered {
    fields: BTreeSet::new(),
    lists: BTreeSet::new(),
    codes: BTreeSet::new(),
    said: BTreeSet::new(),
};

impl Answers {
    /// The shapes of the answers in the suites.
    #[must_use]
    pub fn written() -> &'static Self {
        &WRITTEN
    }

    /// What was answered to an operation.
    #[must_use]
    pub fn of(&self, service: &str, operation: &str) -> &Answered {
        self.0.get(&format!("{service} {operation}")).unwrap_or(&NOTHING)
    }

    /// Whether a mutant may be reached by requests like those that were answered. As long as it is not, they
    /// are answered as by the reference without it.
    #[must_use]
    pub fn may_reach(&self, mutant: &MadeMutant) -> bool {
        let key = format!("{} {}", mutant.service, mutant.operation);
        let Some(answered) = self.0.get(&key) else { return false };
        let known = match mutant.operator.group {
            Group::Parameters
            | Group::Words
            | Group::Numbers
            | Group::ListParameters
            | Group::ListParametersOfWrites
            | Group::Texts => &answered.said,
            Group::Fields | Group::FieldsOfRows => &answered.fields,
            Group::Lists | Group::Pages => &answered.lists,
            Group::Codes => &answered.codes,
            Group::Reads | Group::Writes | Group::Operations => return true,
        };
        known.contains(&mutant.part)
    }

    /// Notes the shape of an answer.
    pub(super) fn note(&mut self, request: &Request<Bytes>, response: &Response<Bytes>) {
        let Some(asked) = Asked::read(request) else { return };
        let key = format!("{} {}", asked.reads.service, asked.operation);
        let answered = self.0.entry(key).or_default();
        answered.said.extend(asked.paths());
        if !response.status().is_success() {
            answered.codes.extend(code_of(response));
        } else if let Some(document) = Document::read(response.body()) {
            document.tree.paths("", &mut answered.fields, &mut answered.lists);
        }
    }

    /// The shapes as the file keeps them, with a line for each operation. In XML an empty list looks like an
    /// empty text: a field that is a list or a structure elsewhere is none.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (operation, answered) in &self.0 {
            let Answered { fields, lists, codes, .. } = answered;
            let inside = |field: &String| {
                let more = [format!("{field}[]"), format!("{field}.")];
                let all = fields.iter().chain(lists);
                all.clone().any(|it| more.iter().any(|more| it.starts_with(more)))
            };
            let (lists, codes) = (lists.clone(), codes.clone());
            let fields = fields.iter().filter(|field| !inside(field)).cloned().collect();
            let answered = Answered { fields, lists, codes, said: BTreeSet::new() };
            let json = serde_json::to_string(&answered).unwrap_or_default();
            let separator = if text.is_empty() { "{\n" } else { ",\n" };
            let _ = write!(text, "{separator}{operation:?}: {json}");
        }
        text + "\n}\n"
    }
}

/// The header of the code in the REST form of JSON.
pub(super) const ERROR_TYPE: &str = "x-amzn-errortype";

/// The members of the code in bodies of the other forms.
pub(super) const CODES: [&str; 2] = ["__type", "Code"];

/// The code of a refusal.
pub(super) fn code_of(response: &Response<Bytes>) -> Option<String> {
    if let Some(code) = response.headers().get(ERROR_TYPE) {
        return code.to_str().ok().map(str::to_owned);
    }
    let mut code = None;
    each_code(&mut Document::read(response.body())?.tree, &mut |tree, name| {
        code = tree.leaf(name).and_then(|leaf| leaf.as_str()).map(str::to_owned);
    });
    code
}

/// Calls for the structure in which the body of a refusal has its code, with the name of the code.
pub(super) fn each_code(tree: &mut Tree, act: &mut dyn FnMut(&mut Tree, &'static str)) {
    let found = CODES.into_iter().find(|name| tree.leaf(name).is_some());
    if let Some(name) = found {
        return act(tree, name);
    }
    match tree {
        Tree::Leaf(_) => {}
        Tree::Members(members) => members.iter_mut().for_each(|(_, it)| each_code(it, act)),
        Tree::Rows(_, rows) => rows.iter_mut().for_each(|row| each_code(row, act)),
    }
}
