//! The plan of a reproduction from a scenario that was played: ids become variables, which are read from the
//! answers that they first stand in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::apis::{self, Api, Kind, Member};
use super::lists::ZONE_PATH;
use super::plan::{Actor, Binding, Expected, Parameter, Piece, Plan, Request, Text, Undo};
use super::played::{Entry, NONCE, Played};
use super::undo;

/// The variable that is different in each run.
pub(super) const RUN: &str = "run";

/// Words that some language keeps for itself, or that the reproductions use.
const TAKEN: [&str; 44] = [
    "_", "accounts", "and", "answer", "as", "assert", "async", "await", "break", "call", "case",
    "check", "class", "client", "continue", "def", "defer", "done", "else", "esac", "fi", "fn",
    "for", "from", "func", "if", "import", "in", "is", "lambda", "let", "map", "match", "not",
    "or", "pass", "query", "return", "run", "self", "type", "undo", "use", "var",
];

/// The plan of what was played.
pub(super) fn plan(name: &str, comment: Vec<String>, played: &Played) -> Plan {
    let mut building = Building::new(played);
    for (place, entry) in played.entries.iter().enumerate() {
        building.request(place, entry);
    }
    let Building { mut requests, undo, used, known, .. } = building;
    let bound: BTreeSet<String> = requests
        .iter()
        .flat_map(|request| request.bindings.iter().map(|it| it.variable.clone()))
        .collect();
    // A read that was made on the way is worth it for what is read from its answer.
    requests.retain(|request| {
        let is_claimed = request.line.is_some() || !is_read(request.api);
        is_claimed || !request.bindings.is_empty()
    });
    let callers: BTreeSet<&str> = requests.iter().map(|request| request.actor.as_str()).collect();
    let actors = played.accounts.values().filter_map(|id| {
        let Known::Variable(name) = known.get(id)? else { return None };
        let is_needed = callers.contains(name.as_str()) || used.contains(name);
        is_needed.then(|| Actor { name: name.clone(), is_chosen: !bound.contains(name) })
    });
    let actors: Vec<Actor> = actors.collect();
    let uses_run = used.contains(RUN);
    let undo = undo.into_iter().rev().collect();
    Plan { name: name.to_owned(), comment, actors, uses_run, requests, undo }
}

/// Whether an operation only reads.
fn is_read(api: &Api) -> bool {
    ["Describe", "Get", "List", "Search"].iter().any(|word| api.name.starts_with(word))
}

/// A value that came from the target.
#[derive(Clone, Debug)]
enum Known {
    /// A variable has it.
    Variable(String),
    /// It stands in the answer to this request, at this path.
    Answered { place: usize, path: Vec<String>, is_last_part: bool },
}

struct Building<'a> {
    played: &'a Played,
    requests: Vec<Request>,
    undo: Vec<Undo>,
    known: BTreeMap<String, Known>,
    /// The texts that were sent before any answer had them.
    own: BTreeSet<String>,
    /// The variables that are used.
    used: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl<'a> Building<'a> {
    fn new(played: &'a Played) -> Self {
        let mut known = BTreeMap::from([(NONCE.to_owned(), Known::Variable(RUN.to_owned()))]);
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|it| (*it).to_owned()).collect();
        for (account, id) in &played.accounts {
            known.insert(id.clone(), Known::Variable(account.to_string()));
            taken.insert(account.to_string());
        }
        let (requests, undo) = (Vec::new(), Vec::new());
        let (own, used) = (BTreeSet::new(), BTreeSet::new());
        Self { played, requests, undo, known, own, used, taken }
    }

    fn request(&mut self, place: usize, entry: &Entry) {
        let parameters = self.parameters(entry);
        let expected = match &entry.expected {
            Expected::Grant => Expected::Grant,
            Expected::ClaimedGrant => Expected::ClaimedGrant,
            Expected::Refusal(codes) => Expected::Refusal(codes.clone()),
            Expected::Anything => Expected::Anything,
            Expected::Facts(facts) => {
                let mut text = |value: &str| self.text(value);
                Expected::Facts(facts.iter().map(|fact| fact.with(&mut text)).collect())
            }
        };
        self.requests.push(Request {
            number: place,
            line: entry.line.clone(),
            actor: entry.actor.to_string(),
            region: entry.region.clone(),
            api: entry.api,
            parameters,
            bindings: Vec::new(),
            expected,
        });
        if let Some(output) = &entry.output {
            self.learn(place, &entry.api.output, output, &mut Vec::new());
            self.bind_account(place, entry, output);
            self.undo_of(place, entry);
        }
    }

    /// Reads the id of an account from the answer that has it first: it is not chosen then.
    fn bind_account(&mut self, place: usize, entry: &Entry, output: &Value) {
        if entry.api.name != "CreateAccount" {
            return;
        }
        let path = ["CreateAccountStatus", "AccountId"].map(str::to_owned);
        let id = path.iter().try_fold(output, |value, name| value.get(name));
        if let Some(id) = id.and_then(Value::as_str)
            && let Some(Known::Variable(name)) = self.known.get(id).cloned()
        {
            let path = path.to_vec();
            self.requests[place].bindings.push(Binding {
                variable: name,
                path,
                of_row: Vec::new(),
                is_last_part: false,
            });
        }
    }

    /// The parameters of a request.
    fn parameters(&mut self, entry: &Entry) -> Vec<(String, Parameter)> {
        let mut parameters = Vec::new();
        for member in &entry.api.input {
            let Some(value) = entry.input.get(&member.name) else { continue };
            // Clients fill it in by themselves, unless the scenario says it.
            if member.is_token && !value.as_str().is_some_and(|it| it.contains(NONCE)) {
                continue;
            }
            // Clients read lists to their end.
            if is_read(entry.api)
                && ["maxresults", "maxitems"].contains(&member.name.to_lowercase().as_str())
                && !says(entry)
            {
                continue;
            }
            let value = of_this_run(entry.api, &member.name, value);
            parameters.push((member.name.clone(), self.parameter(member, &value)));
        }
        parameters
    }

    fn parameter(&mut self, member: &Member, value: &Value) -> Parameter {
        match value {
            Value::Array(rows) => {
                let row = if let Kind::List(row) = &member.kind { row.as_ref() } else { member };
                Parameter::List(rows.iter().map(|value| self.parameter(row, value)).collect())
            }
            Value::Object(members) => Parameter::Members(self.members(member.inside(), members)),
            Value::String(text) => {
                let made = self.text(text);
                if made.as_literal().is_some() {
                    self.own.insert(text.clone());
                }
                Parameter::Text(made)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Parameter::Plain(value.clone()),
        }
    }

    fn members(
        &mut self,
        known: &[Member],
        members: &Map<String, Value>,
    ) -> Vec<(String, Parameter)> {
        let known = known.iter().filter_map(|member| Some((member, members.get(&member.name)?)));
        known.map(|(member, value)| (member.name.clone(), self.parameter(member, value))).collect()
    }

    /// A text with variables in place of what the target gave.
    fn text(&mut self, text: &str) -> Text {
        if self.known.contains_key(text) {
            return Text::variable(&self.variable(text));
        }
        let mut inside: Vec<String> = self
            .known
            .keys()
            .filter(|value| value.len() > 9 && text.contains(value.as_str()))
            .cloned()
            .collect();
        inside.sort_by_key(|value| std::cmp::Reverse(value.len()));
        let mut pieces = vec![Piece::Literal(text.to_owned())];
        for value in inside {
            pieces = pieces.into_iter().flat_map(|piece| self.split(piece, &value)).collect();
        }
        Text(pieces)
    }

    /// The pieces of a piece, of which those that are this value are variables.
    fn split(&mut self, piece: Piece, value: &str) -> Vec<Piece> {
        let Piece::Literal(text) = &piece else { return vec![piece] };
        if !text.contains(value) {
            return vec![piece];
        }
        let variable = Piece::Variable(self.variable(value));
        let mut pieces = Vec::new();
        for (place, part) in text.split(value).enumerate() {
            if place > 0 {
                pieces.push(variable.clone());
            }
            if !part.is_empty() {
                pieces.push(Piece::Literal(part.to_owned()));
            }
        }
        pieces
    }

    /// The variable of a known value.
    fn variable(&mut self, value: &str) -> String {
        let name = match self.known.get(value).cloned() {
            Some(Known::Variable(name)) => name,
            Some(Known::Answered { place, path, is_last_part }) => {
                let name = self.new_name(value, &path);
                self.known.insert(value.to_owned(), Known::Variable(name.clone()));
                let of_row = self.told_apart(place, &path);
                let binding = Binding { variable: name.clone(), path, of_row, is_last_part };
                self.requests[place].bindings.push(binding);
                name
            }
            None => return value.to_owned(),
        };
        self.used.insert(name.clone());
        name
    }

    /// A name for a new variable: that of the scenario, or that of the member that has its value.
    fn new_name(&mut self, value: &str, path: &[String]) -> String {
        let names = &self.played.names;
        let member = path.iter().rfind(|part| part.parse::<usize>().is_err());
        let member = super::words::snake(member.map_or("value", String::as_str));
        let mut name = match names.name(value) {
            Some(name) if names.id(name).is_ok_and(|id| id != value) => format!("{name}_arn"),
            Some(name) => name.to_string(),
            None => member,
        };
        name = name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        if name.starts_with(|it: char| it.is_ascii_digit()) {
            name.insert(0, '_');
        }
        let stem = name.clone();
        let mut number = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{stem}_{number}");
            number += 1;
        }
        name
    }

    /// What tells the row apart that a path leads through, in a list of invitations: they come in any order.
    fn told_apart(&mut self, place: usize, path: &[String]) -> Vec<(String, Text)> {
        let played: &'a Played = self.played;
        let entry = &played.entries[place];
        if entry.api.name != "GetResourceShareInvitations" {
            return Vec::new();
        }
        let row = path.iter().take(2).try_fold(entry.output.as_ref(), |value, part| {
            let value = value?;
            Some(part.parse::<usize>().map_or_else(|_| value.get(part), |number| value.get(number)))
        });
        let Some(Some(row)) = row else { return Vec::new() };
        let share = row.get("resourceShareArn").and_then(Value::as_str).map(str::to_owned);
        let status = row.get("status").and_then(Value::as_str).map(Text::literal);
        let share = share.map(|share| ("resourceShareArn".to_owned(), self.text(&share)));
        share.into_iter().chain(status.map(|status| ("status".to_owned(), status))).collect()
    }

    /// Learns the values of an answer that look like ids.
    fn learn(&mut self, place: usize, members: &[Member], value: &Value, path: &mut Vec<String>) {
        let Value::Object(found) = value else { return };
        for member in members {
            let Some(value) = found.get(&member.name) else { continue };
            path.push(member.name.clone());
            self.learn_from(place, member, value, path);
            path.pop();
        }
    }

    fn learn_from(&mut self, place: usize, member: &Member, value: &Value, path: &mut Vec<String>) {
        match (&member.kind, value) {
            (Kind::List(row), Value::Array(rows)) => {
                for (number, value) in rows.iter().enumerate() {
                    path.push(number.to_string());
                    self.learn_from(place, row, value, path);
                    path.pop();
                }
            }
            (Kind::Structure(_, members), value) => self.learn(place, members, value, path),
            (Kind::Text, Value::String(text)) => {
                let last = text.strip_prefix(ZONE_PATH);
                let value = last.unwrap_or(text);
                if looks_like_an_id(value) && !self.own.contains(value) {
                    let is_last_part = last.is_some();
                    let answered = Known::Answered { place, path: path.clone(), is_last_part };
                    self.known.entry(value.to_owned()).or_insert(answered);
                }
            }
            (_, _) => {}
        }
    }

    /// Keeps how to remove what a request made.
    fn undo_of(&mut self, place: usize, entry: &Entry) {
        let Some((operation, with)) = undo::of(&entry.api.name) else { return };
        let Some(api) = apis::find(&entry.api.service, operation) else { return };
        let mut parameters = Vec::new();
        for pair in with.split_whitespace() {
            let Some((member, path)) = pair.split_once('=') else { continue };
            let is_list = member.starts_with('[');
            let value = match path.strip_prefix('<') {
                Some(own) => {
                    let sent = self.requests[place].parameters.iter().find(|(name, _)| name == own);
                    sent.map(|(_, value)| value.clone())
                }
                None => self.answered(entry, path).map(Parameter::Text),
            };
            let Some(value) = value else { return };
            let value = if is_list { Parameter::List(vec![value]) } else { value };
            parameters.push((member.trim_matches(['[', ']']).to_owned(), value));
        }
        let made = parameters.iter().flat_map(|(_, value)| value.variables()).next();
        let made = made.map(str::to_owned);
        let Request { actor, region, .. } = &self.requests[place];
        let request = Request {
            number: place,
            line: None,
            actor: actor.clone(),
            region: region.clone(),
            api,
            parameters,
            bindings: Vec::new(),
            expected: Expected::Anything,
        };
        self.undo.push(Undo { of: place, made, request });
    }

    /// The value at a path of an answer.
    fn answered(&mut self, entry: &Entry, path: &str) -> Option<Text> {
        let value = path.split('.').try_fold(entry.output.as_ref()?, |value, part| {
            part.parse::<usize>().map_or_else(|_| value.get(part), |number| value.get(number))
        })?;
        let value = value.as_str()?;
        Some(self.text(value.strip_prefix(ZONE_PATH).unwrap_or(value)))
    }
}

/// Whether the scenario itself says how many rows a page may have.
fn says(entry: &Entry) -> bool {
    entry.line.as_ref().is_some_and(|line| line.contains("axResults="))
}

/// Whether a text looks like an id, and not like a word.
fn looks_like_an_id(text: &str) -> bool {
    text.len() > 5 && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// A value in which what was drawn for one run is the run's.
fn of_this_run(api: &Api, member: &str, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    let drawn = match (api.name.as_str(), member) {
        ("CreateAccount", "Email") => drawn(text, 12, '@', char::is_ascii_digit),
        ("RegisterImage" | "CopyImage", "Name") => drawn(text, 16, '-', char::is_ascii_hexdigit),
        (_, _) => None,
    };
    drawn.map_or_else(|| value.clone(), |drawn| Value::from(text.replace(&drawn, NONCE)))
}

/// The part of a text that was drawn: `length` characters before the last of this separator, or after it if it
/// ends the text.
fn drawn(text: &str, length: usize, beside: char, is_of_it: fn(&char) -> bool) -> Option<String> {
    let (before, after) = text.rsplit_once(beside)?;
    let last = before.len().checked_sub(length).and_then(|from| before.get(from..));
    let is_drawn = |it: &&str| it.len() == length && it.chars().all(|it| is_of_it(&it));
    [Some(after), last].into_iter().flatten().find(is_drawn).map(str::to_owned)
}
