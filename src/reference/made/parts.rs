//! What mutants do to answers.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::MadeMutant;
use super::answers::{ERROR_TYPE, code_of, each_code};
use super::catalogue::is_token;
use super::document::{Document, Tree};
use super::player::{Called, Outcome, is_granted, serve};

/// What is done to a part of an answer.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Missing,
    Constant,
    Stale,
    NextRow,
    WithoutLast,
    FirstTwice,
    Overlap,
    Skip,
    Grant,
    OtherStatus,
    GrantStatus,
    Code,
}

impl Called<'_> {
    /// The answer with its part altered.
    pub(super) fn altered(&mut self, part: Part, response: Response<Bytes>) -> Outcome {
        match part {
            Part::Grant => match &self.memory.granted {
                Some(granted) if !is_granted(&response) => (granted.clone(), true),
                Some(_) | None => (response, false),
            },
            Part::OtherStatus | Part::GrantStatus => with_status(part, response),
            Part::Code => self.with_code(response),
            Part::Missing
            | Part::Constant
            | Part::Stale
            | Part::NextRow
            | Part::WithoutLast
            | Part::FirstTwice
            | Part::Overlap
            | Part::Skip => {
                let document = Document::read(response.body()).filter(|_| is_granted(&response));
                let Some(mut document) = document else { return (response, false) };
                if !self.alter(part, &mut document.tree) {
                    return (response, false);
                }
                let mut altered = response;
                *altered.body_mut() = document.write();
                (altered, true)
            }
        }
    }

    /// Alters the part of an answer that the mutant is about; returns whether it is there.
    fn alter(&mut self, part: Part, tree: &mut Tree) -> bool {
        match self.mutant.part.strip_suffix("[]") {
            Some(list) => self.alter_list(part, list, tree),
            None => self.alter_field(part, tree),
        }
    }

    fn alter_field(&mut self, part: Part, tree: &mut Tree) -> bool {
        let path = &self.mutant.part;
        let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
        let leaves = leaves_of(tree, above, name);
        let Some(first) = leaves.iter().flatten().next().cloned() else { return false };
        let instead: Vec<Option<Value>> = match part {
            Part::Constant => {
                let first = self.memory.first.get_or_insert(first);
                leaves.iter().map(|leaf| leaf.as_ref().map(|_| first.clone())).collect()
            }
            Part::Stale => match self.before().map(|mut tree| leaves_of(&mut tree, above, name)) {
                Some(before) if before.len() == leaves.len() => before,
                Some(_) | None => return false,
            },
            Part::NextRow if leaves.len() > 1 => {
                leaves.iter().cycle().skip(1).take(leaves.len()).cloned().collect()
            }
            Part::Missing => vec![None; leaves.len()],
            Part::NextRow
            | Part::WithoutLast
            | Part::FirstTwice
            | Part::Overlap
            | Part::Skip
            | Part::Grant
            | Part::OtherStatus
            | Part::GrantStatus
            | Part::Code => return false,
        };
        let mut instead = instead.iter();
        tree.each(above, &mut |tree| tree.set(name, instead.next().and_then(Option::as_ref)));
        true
    }

    fn alter_list(&mut self, part: Part, path: &str, tree: &mut Tree) -> bool {
        let is_later_page = self.is_later_page();
        let mut is_there = false;
        tree.each(path, &mut |tree| {
            let Tree::Rows(_, rows) = tree else { return };
            is_there |= !rows.is_empty();
            let end = rows.last().cloned();
            match (part, rows.first().cloned()) {
                (Part::WithoutLast, Some(_)) => {
                    rows.pop();
                }
                (Part::FirstTwice, Some(first)) => rows.insert(0, first),
                (Part::Skip, Some(_)) if is_later_page => {
                    rows.remove(0);
                }
                (Part::Overlap, Some(_)) if is_later_page => {
                    rows.splice(..0, self.memory.last_row.clone());
                }
                _ => {}
            }
            self.memory.last_row = end;
        });
        is_there && (is_later_page || !matches!(part, Part::Overlap | Part::Skip))
    }

    /// Whether the request asks for a page that is not the first.
    fn is_later_page(&self) -> bool {
        let tokens = self.asked.parameters().into_iter().filter(|name| is_token(name));
        let mut texts = tokens.flat_map(|token| self.asked.values(&token));
        texts.any(|text| !text.is_empty())
    }

    /// The answer to the request before the last write, if it was granted.
    fn before(&self) -> Option<Tree> {
        let mut before = self.memory.before.as_deref()?.clone();
        let response = serve(&mut before, self.request);
        let document = Document::read(response.body()).filter(|_| is_granted(&response));
        document.map(|document| document.tree)
    }

    fn with_code(&self, mut response: Response<Bytes>) -> Outcome {
        let MadeMutant { part: code, instead, .. } = self.mutant;
        if is_granted(&response) || code_of(&response).as_ref() != Some(code) {
            return (response, false);
        }
        let name = HeaderName::from_static(ERROR_TYPE);
        if let (true, Ok(value)) =
            (response.headers().contains_key(&name), HeaderValue::from_str(instead))
        {
            response.headers_mut().insert(name, value);
        } else if let Some(mut document) = Document::read(response.body()) {
            let leaf = Value::String(instead.clone());
            each_code(&mut document.tree, &mut |tree, name| tree.set(name, Some(&leaf)));
            *response.body_mut() = document.write();
        }
        (response, true)
    }
}

/// A refusal with another status line.
fn with_status(part: Part, mut response: Response<Bytes>) -> Outcome {
    if is_granted(&response) {
        return (response, false);
    }
    let other = match (part, response.status()) {
        (Part::GrantStatus, _) => StatusCode::OK,
        (_, StatusCode::BAD_REQUEST) => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    *response.status_mut() = other;
    (response, true)
}

/// The leaves of this name in all structures at a path.
fn leaves_of(tree: &mut Tree, above: &str, name: &str) -> Vec<Option<Value>> {
    let mut found = Vec::new();
    tree.each(above, &mut |tree| found.push(tree.leaf(name).cloned()));
    found
}
