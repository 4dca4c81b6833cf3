//! The play of a mutant: what it does to requests, answers and the state, and whether that shows.
//!
//! Beside the reference with the mutant goes one without it, from the request on that first reaches the
//! mutant; before it they are the same. Once an answer has differed, nobody needs the other one any more.
//!
//! A mutant never refuses what the reference grants: where the reference refuses the altered request, the
//! request is served as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use bellwether_model::Account;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use super::answers::ERROR_TYPE;
use super::asked::{Asked, made_by};
use super::catalogue::is_token;
use super::document::{Document, Tree};
use super::parts::Part;
use super::{Between, Effect, MadeMutant};
use crate::reference::accounts::{Signature, account_of};
use crate::reference::router;
use crate::reference::state::State;

/// What an operator does.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The request is altered.
    Request(Edit),
    /// The answer is altered.
    Answer(Part),
    /// A read is asked without the parameters that it can do without.
    Unfiltered,
    /// A read is answered from the state before the last write.
    Stale,
    /// A write is answered, and has no effect.
    Lost,
    /// A write is done twice.
    Twice,
    /// A write is done for another account.
    ForAnother,
    /// A write is done for all that was named so far.
    ForAll,
    /// A write is undone by the next one.
    Undone,
    /// A write is done for half of what it names.
    HalfDone,
    /// A refused write is done, if another account might do it.
    RefusedAndDone,
    /// A refused call is granted, if another account might make it.
    GrantedToAll,
}

/// What is done to a parameter of a request.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    LeaveOut,
    Constant,
    Increment,
    First,
    Last,
    AnyCase,
    Trim,
    Prefix,
}

/// Plays a mutant, or a witness.
#[derive(Debug)]
pub(in crate::reference) struct Player {
    between: Between,
    /// The reference without the mutant, once they may differ.
    twin: Option<State>,
    memory: Memory,
}

/// What a mutant remembers of a case.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The accounts that called, the last one last.
    accounts: Vec<Account>,
    /// The texts of requests and answers, each with the name of its member.
    texts: Vec<(String, String)>,
    /// The texts that each parameter had so far.
    named: BTreeMap<String, BTreeSet<String>>,
    /// The state before the last write that was granted.
    pub(super) before: Option<Box<State>>,
    /// The state before the write that the next one undoes.
    undone: Option<Box<State>>,
    /// What was answered first in the field.
    pub(super) first: Option<Value>,
    /// The last row of the page before.
    pub(super) last_row: Option<Tree>,
    /// The last answer that granted the operation.
    pub(super) granted: Option<Response<Bytes>>,
}

/// The numbers that a second execution skips, so that what it makes has ids of its own.
const FAR: u64 = 1 << 32;

/// The beginnings of the names of operations that only read.
const READING: [&str; 5] = ["Assume", "Describe", "Get", "List", "Search"];

impl Player {
    pub(in crate::reference) fn new(between: Between) -> Self {
        Self { between, twin: None, memory: Memory::default() }
    }

    /// Answers a request to the reference of this state.
    pub(in crate::reference) fn answer(
        &mut self,
        state: &mut State,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        state.follow();
        state.tick();
        match &self.between {
            Between::Mutant(mutant, effect) => {
                let (mutant, effect) = (*mutant, Arc::clone(effect));
                self.mutated(mutant, &effect, state, request)
            }
            Between::Witness(answers) => {
                let response = serve(state, request);
                answers.lock().unwrap_or_else(PoisonError::into_inner).note(request, &response);
                response
            }
        }
    }

    fn mutated(
        &mut self,
        mutant: &'static MadeMutant,
        effect: &Effect,
        state: &mut State,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        let Some(asked) = Asked::read(request) else {
            // Nothing of AWS: the clock is moved, for both.
            let response = serve(state, request);
            self.twin.iter_mut().for_each(|twin| {
                serve(twin, request);
            });
            return response;
        };
        let is_its = asked.reads.service == mutant.service && asked.operation == mutant.operation;
        let may_reach = is_its || self.memory.undone.is_some();
        let begins = may_reach && self.twin.is_none() && !effect.is_triggered();
        let before = begins.then(|| state.clone());
        let caller = Signature::of(request).scope().and_then(|scope| account_of(&scope.key));
        let memory = &mut self.memory;
        let mut call = Called { mutant, asked: &asked, request, caller, memory };
        let (response, is_reached) = call.played(is_its, state);
        call.remember(is_its, &response);
        if is_reached {
            effect.reached.store(true, Ordering::Relaxed);
            self.twin = self.twin.take().or(before);
        }
        if let Some(twin) = &mut self.twin {
            let expected = serve(twin, request);
            state.skip_numbers_of(twin);
            twin.skip_numbers_of(state);
            if differ(&expected, &response) {
                effect.triggered.store(true, Ordering::Relaxed);
                self.twin = None;
            }
        }
        response
    }
}

/// An answer, and whether the request reached the mutant.
pub(super) type Outcome = (Response<Bytes>, bool);

/// A request that calls an operation of AWS.
pub(super) struct Called<'a> {
    pub(super) mutant: &'static MadeMutant,
    pub(super) asked: &'a Asked,
    pub(super) request: &'a Request<Bytes>,
    caller: Option<Account>,
    pub(super) memory: &'a mut Memory,
}

impl Called<'_> {
    fn change(&self) -> Change {
        self.mutant.operator.change
    }

    fn played(&mut self, is_its: bool, state: &mut State) -> Outcome {
        let writes = !READING.iter().any(|verb| self.asked.operation.starts_with(verb));
        let looks_back = matches!(self.change(), Change::Stale | Change::Answer(Part::Stale));
        let before = (looks_back && writes).then(|| Box::new(state.clone()));
        let outcome = match self.memory.undone.take_if(|_| writes) {
            Some(before) => self.undoing(*before, state),
            None if is_its => self.changed(state),
            None => (serve(state, self.request), false),
        };
        if is_granted(&outcome.0) && before.is_some() {
            self.memory.before = before;
        }
        outcome
    }

    fn changed(&mut self, state: &mut State) -> Outcome {
        match self.change() {
            Change::Request(edit) => match self.edited(edit) {
                Some(altered) => (self.instead(&altered.write(self.request), state), true),
                None => (serve(state, self.request), false),
            },
            Change::Answer(part) => {
                let response = serve(state, self.request);
                self.altered(part, response)
            }
            Change::Unfiltered => self.unfiltered(state),
            Change::Stale => match &self.memory.before {
                Some(before) => (serve(&mut before.clone(), self.request), true),
                None => (serve(state, self.request), false),
            },
            Change::Lost => {
                let mut done = state.clone();
                let response = serve(&mut done, self.request);
                state.skip_numbers_of(&done);
                let is_reached = is_granted(&response);
                (response, is_reached)
            }
            Change::Twice => {
                let response = serve(state, self.request);
                let is_reached = is_granted(&response);
                if is_reached {
                    state.with_numbers_from(FAR, |state| serve(state, self.request));
                }
                (response, is_reached)
            }
            Change::ForAnother => {
                let other = self.others().next();
                let response = match other {
                    Some(other) => self.instead(&made_by(self.request, other), state),
                    None => serve(state, self.request),
                };
                let is_reached = other.is_some() && is_granted(&response);
                (response, is_reached)
            }
            Change::ForAll => self.for_all(state),
            Change::Undone => {
                let before = Box::new(state.clone());
                let response = serve(state, self.request);
                self.memory.undone = is_granted(&response).then_some(before);
                (response, false)
            }
            Change::HalfDone => self.half_done(state),
            Change::RefusedAndDone | Change::GrantedToAll => self.done_though_refused(state),
        }
    }

    /// The other accounts that called, the last one first.
    fn others(&self) -> impl Iterator<Item = Account> + use<> {
        let caller = self.caller;
        let accounts = self.memory.accounts.clone().into_iter().rev();
        accounts.filter(move |account| Some(*account) != caller)
    }

    /// The answer to another request, which is done; if it is refused, the request is served as it is.
    fn instead(&self, altered: &Request<Bytes>, state: &mut State) -> Response<Bytes> {
        attempt(altered, state).unwrap_or_else(|| serve(state, self.request))
    }

    /// The request with its parameter altered; `None` if it has nothing to alter.
    fn edited(&self, edit: Edit) -> Option<Asked> {
        let path = &self.mutant.part;
        let mut altered = self.asked.clone();
        if edit == Edit::LeaveOut {
            altered.leave_out(path);
            return self.asked.says(path).then_some(altered);
        }
        let part: fn(usize) -> Range<usize> = match edit {
            Edit::First => |_| 0..1,
            Edit::Last => |length| length - 1..length,
            Edit::LeaveOut
            | Edit::Constant
            | Edit::Increment
            | Edit::AnyCase
            | Edit::Trim
            | Edit::Prefix => {
                altered.alter(path, &mut |text| self.text_instead(edit, text));
                return (!self.asked.values(path).is_empty()).then_some(altered);
            }
        };
        altered.keep(path, |length| if length > 1 { part(length) } else { 0..length });
        (self.asked.length(path) > 1).then_some(altered)
    }

    /// The text that a parameter is read as.
    fn text_instead(&self, edit: Edit, text: &str) -> String {
        let name = singular(&self.mutant.part);
        let known = |fits: &dyn Fn(&str) -> bool| {
            let texts = self.memory.texts.iter().filter(|(own, _)| *own == name || name == "value");
            texts.map(|(_, known)| known).find(|known| fits(known)).cloned()
        };
        let read = match edit {
            Edit::Constant => Some(self.mutant.instead.clone()),
            Edit::Increment => text.parse::<i64>().ok().map(|number| (number + 1).to_string()),
            Edit::AnyCase => known(&|known| known.eq_ignore_ascii_case(text)),
            Edit::Trim => Some(text.trim().to_owned()),
            Edit::Prefix => known(&|known| !text.is_empty() && known.starts_with(text)),
            Edit::LeaveOut | Edit::First | Edit::Last => None,
        };
        read.unwrap_or_else(|| text.to_owned())
    }

    fn unfiltered(&self, state: &mut State) -> Outcome {
        let filters = self.asked.parameters().into_iter().filter(|name| !is_of_pages(name));
        let mut least = self.asked.clone();
        let mut is_reached = false;
        for name in filters {
            let mut without = least.clone();
            without.leave_out(&name);
            if is_granted(&serve(&mut state.clone(), &without.write(self.request))) {
                least = without;
                is_reached = true;
            }
        }
        (self.instead(&least.write(self.request), state), is_reached)
    }

    fn for_all(&self, state: &mut State) -> Outcome {
        let path = &self.mutant.part;
        let own = self.asked.values(path);
        let named = self.memory.named.get(&singular(path)).into_iter().flatten();
        let mut most = self.asked.clone();
        let mut is_reached = false;
        if !own.is_empty() {
            for text in named.filter(|text| !own.contains(text)) {
                let mut more = most.clone();
                more.add(path, text);
                if is_granted(&serve(&mut state.clone(), &more.write(self.request))) {
                    most = more;
                    is_reached = true;
                }
            }
        }
        (self.instead(&most.write(self.request), state), is_reached)
    }

    fn half_done(&self, state: &mut State) -> Outcome {
        let path = &self.mutant.part;
        let mut whole = state.clone();
        let response = serve(&mut whole, self.request);
        let mut half = self.asked.clone();
        half.keep(path, |length| 0..length.div_ceil(2));
        let is_reached = self.asked.length(path) > 1
            && is_granted(&response)
            && attempt(&half.write(self.request), state).is_some();
        if is_reached {
            state.skip_numbers_of(&whole);
        } else {
            *state = whole;
        }
        (response, is_reached)
    }

    /// What another account may do is done for a caller who may not.
    fn done_though_refused(&self, state: &mut State) -> Outcome {
        let mut tried = state.clone();
        let response = serve(&mut tried, self.request);
        if !is_granted(&response) {
            for other in self.others() {
                if let Some(granted) = attempt(&made_by(self.request, other), state) {
                    let grants = self.change() == Change::GrantedToAll;
                    return (if grants { granted } else { response }, true);
                }
            }
        }
        *state = tried;
        (response, false)
    }

    /// Serves a write as if the one before it had not been.
    fn undoing(&self, mut before: State, state: &mut State) -> Outcome {
        before.skip_numbers_of(state);
        match attempt(self.request, &mut before) {
            Some(response) => {
                *state = before;
                (response, true)
            }
            None => (serve(state, self.request), false),
        }
    }

    /// Remembers what the operator needs of a request and its answer.
    fn remember(&mut self, is_its: bool, response: &Response<Bytes>) {
        if let Some(caller) = self.caller {
            self.memory.accounts.retain(|account| *account != caller);
            self.memory.accounts.push(caller);
        }
        let change = self.change();
        if matches!(change, Change::Request(Edit::AnyCase | Edit::Prefix)) {
            let mut texts = self.asked.texts();
            if let Some(document) = Document::read(response.body()) {
                document.tree.texts("", &mut texts);
            }
            for (name, text) in texts {
                let text = (singular(&name), text);
                if !self.memory.texts.contains(&text) {
                    self.memory.texts.push(text);
                }
            }
        }
        if change == Change::ForAll {
            for (name, text) in self.asked.texts() {
                self.memory.named.entry(singular(&name)).or_default().insert(text);
            }
        }
        if change == Change::Answer(Part::Grant) && is_its && is_granted(response) {
            self.memory.granted = Some(response.clone());
        }
    }
}

/// Serves a request by the reference.
pub(super) fn serve(state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
    let response = router::route(state, request);
    state.end();
    response
}

/// Serves a request, unless it is refused: then nothing is done.
fn attempt(request: &Request<Bytes>, state: &mut State) -> Option<Response<Bytes>> {
    let mut tried = state.clone();
    let response = serve(&mut tried, request);
    let granted = is_granted(&response);
    if granted {
        *state = tried;
    }
    granted.then_some(response)
}

pub(super) fn is_granted(response: &Response<Bytes>) -> bool {
    response.status().is_success()
}

/// Whether two answers differ by more than what each request has for itself, and the wording of errors.
fn differ(one: &Response<Bytes>, other: &Response<Bytes>) -> bool {
    let status = one.status();
    let header = |it: &Response<Bytes>| it.headers().get(ERROR_TYPE).cloned();
    if status != other.status() || header(one) != header(other) {
        return true;
    }
    let wording: &[&str] = if status.is_success() { &[] } else { &["message"] };
    let body = |it: &Response<Bytes>| {
        let mut document = Document::read(it.body())?;
        document.tree.strip(wording);
        Some(document)
    };
    match (body(one), body(other)) {
        (Some(one), Some(other)) => one != other,
        (None, None) => one.body() != other.body(),
        (Some(_), None) | (None, Some(_)) => true,
    }
}

/// The name of a member in lower case, and of a list that of one of its members: parameters and answers spell
/// them both ways.
fn singular(path: &str) -> String {
    let name = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    name.strip_suffix('s').map_or(name.clone(), str::to_owned)
}

/// Whether a parameter is about pages alone.
fn is_of_pages(name: &str) -> bool {
    is_token(name) || ["maxresults", "maxitems"].iter().any(|it| it.eq_ignore_ascii_case(name))
}
