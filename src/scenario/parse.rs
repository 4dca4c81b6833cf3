//! Scenarios from text, line by line.

mod claims;
mod cursor;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::parameters::{ArgumentError, Arguments, Value, actor_in, is_name, is_text};
use bellwether_model::world::ORGANIZATION;
use bellwether_model::{Account, Assumption, Assumptions, Call, Name, Region, Shape};
use miette::{Diagnostic, NamedSource, SourceSpan};
use smol_str::SmolStr;
use thiserror::Error;

use self::cursor::{Cursor, Trouble};
use super::lex::Kind;
use super::placeholders::{first_unknown, valid_in};
use super::print::world_words;
use super::{AnswerClaim, Item, Parsed, Scenario, Step, nearest};

/// The word behind `!` that claims no refusal.
const GRANTED: &str = "granted";

/// Words that mean something as values, so that nothing can be called so; actors are others.
const RESERVED: [&str; 5] = [ORGANIZATION, "all", "default", "true", "false"];

/// The first place where a text is not a valid scenario.
#[derive(Clone, Debug, Error, Diagnostic)]
#[error("{}:{line}:{column}: {what}", .text.name())]
#[diagnostic(code(bellwether::scenario))]
pub struct ParseError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// The error: what was expected, and what was found.
    pub what: String,
    /// The nearest valid word, or what would be valid.
    #[help]
    pub help: Option<String>,
    #[source_code]
    text: Arc<NamedSource<String>>,
    #[label("here")]
    span: SourceSpan,
}

impl ParseError {
    fn new(file_name: &str, text: &str, trouble: Trouble) -> Self {
        let before = &text[..trouble.span.start];
        let line_start = before.rfind('\n').map_or(0, |place| place + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: trouble.what,
            help: trouble.help,
            text: Arc::new(NamedSource::new(file_name, text.to_owned())),
            span: trouble.span.into(),
        }
    }

    /// Returns the place of the error in the text, in bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.offset()..self.span.offset() + self.span.len()
    }
}

/// See [`Parsed::read`].
pub(super) fn read(file_name: &str, text: &str) -> Result<Parsed, ParseError> {
    let mut reader = Reader::default();
    let mut start = 0;
    for (place, line) in text.split('\n').enumerate() {
        let content = line.strip_suffix('\r').unwrap_or(line);
        let item = reader
            .line(start, content)
            .map_err(|trouble| ParseError::new(file_name, text, trouble))?;
        if let Some(item) = item {
            reader.items.push(item);
            reader.lines.push(place + 1);
        }
        start += line.len() + 1;
    }
    let Some(shape) = reader.shape else {
        let trouble = no_world(text.len()..text.len(), "the end of the text");
        return Err(ParseError::new(file_name, text, trouble));
    };
    let Reader { assumptions, items, .. } = reader;
    let scenario = Scenario { shape, assumptions, items };
    Ok(Parsed { file_name: file_name.to_owned(), scenario, lines: reader.lines })
}

fn no_world(span: Range<usize>, found: &str) -> Trouble {
    let words = |shape| world_words(shape, Assumptions::default());
    let lines = Shape::ALL.map(|shape| format!("`world {}`", words(shape)));
    Trouble {
        span,
        what: format!("expected the `world` line, found {found}"),
        help: Some(format!("begin with {}", lines.join(", "))),
    }
}

/// The state of the reader of a scenario.
#[derive(Default)]
struct Reader {
    shape: Option<Shape>,
    assumptions: Assumptions,
    items: Vec<Item>,
    lines: Vec<usize>,
    /// The names made by the steps so far, each with its operation.
    made: BTreeMap<Name, &'static OperationInfo>,
    /// The labels of the steps so far.
    labels: BTreeSet<Name>,
}

/// A value with its place in the text.
type Placed = (Value, Range<usize>);

/// A step's arguments with their places in the text.
#[derive(Default)]
struct Given {
    subject: Option<Placed>,
    named: Vec<(SmolStr, Range<usize>, Vec<Placed>)>,
}

impl Reader {
    /// Reads the line that starts at this place of the text; nothing comes of an empty one.
    fn line(&mut self, start: usize, line: &str) -> Result<Option<Item>, Trouble> {
        let content = line.trim();
        if content.is_empty() {
            return Ok(None);
        }
        if let Some(comment) = content.strip_prefix('#') {
            return Ok(Some(Item::Comment(comment.trim().to_owned())));
        }
        let mut words = Cursor::new(start, line)?;
        let Some(shape) = self.shape else {
            let (shape, assumptions) = read_world(&mut words)?;
            self.shape = Some(shape);
            self.assumptions = assumptions;
            return Ok(None);
        };
        if words.take_sign('?') {
            return self.read_claim_item(shape, &mut words).map(Some);
        }
        if words.peek() == Some(&Kind::Word("world")) {
            return Err(words.expected("a step, a claim or a comment"));
        }
        let step = self.read_step(shape, &mut words)?;
        Ok(Some(Item::Step(step)))
    }

    fn read_step(&mut self, shape: Shape, words: &mut Cursor<'_>) -> Result<Step, Trouble> {
        let label = self.read_label(words)?;
        let actor = read_actor(shape, words)?;
        let (region, region_span) = read_region(words)?;
        let operations = OPERATIONS.iter().map(|info| info.name);
        let name = words.choose("an operation", operations)?;
        let Some(info) = OPERATIONS.iter().find(|info| info.name == name) else {
            return Err(words.expected("an operation"));
        };
        let given = read_arguments(info, words)?;
        let call = self.read_call(shape, info, &given, words)?.made_in(region);
        if call.region() != region {
            return Err(global(region_span, info));
        }
        let made = self.read_made(&call, words)?;
        let claim = read_answer_claim(words)?;
        words.finish()?;
        if let Some(made) = &made {
            self.made.insert(made.clone(), info);
        }
        self.labels.extend(label.clone());
        Ok(Step { label, actor, call, made, claim })
    }

    fn read_call(
        &self,
        shape: Shape,
        info: &'static OperationInfo,
        given: &Given,
        words: &Cursor<'_>,
    ) -> Result<Call, Trouble> {
        let bare = |values: &[Placed]| values.iter().map(|(value, _)| value.clone()).collect();
        let arguments = Arguments {
            region: Region::HOME,
            subject: given.subject.as_ref().map(|(value, _)| value.clone()),
            named: given.named.iter().map(|(key, _, values)| (key.clone(), bare(values))).collect(),
        };
        let Some(call) = Call::read(info.name, &arguments) else {
            return Err(words.expected("an operation"));
        };
        let call = call.map_err(|error| self.misfit(shape, info, given, words, error))?;
        self.check_names(&call, given)?;
        check_actors(shape, info, given)?;
        Ok(call)
    }

    /// Returns the error of arguments that make no call.
    fn misfit(
        &self,
        shape: Shape,
        info: &OperationInfo,
        given: &Given,
        words: &Cursor<'_>,
        error: ArgumentError,
    ) -> Trouble {
        let keys = info.parameters.iter().map(|it| it.key);
        let keys: Vec<&str> = keys.filter(|key| !key.is_empty()).collect();
        let operation = info.name;
        match error {
            ArgumentError::KeyMissing { key } => {
                words.expected(&format!("{key}=…, which {operation} requires"))
            }
            ArgumentError::SubjectMissing { expected } => {
                words.expected(&format!("{expected}, which {operation} is about"))
            }
            ArgumentError::SubjectUnexpected => {
                let (value, span) = given.subject.clone().unwrap_or_else(|| nowhere(words));
                let expected = format!("a parameter of {operation} as KEY=VALUE");
                Trouble::unknown(span, &expected, &value.text, keys)
            }
            ArgumentError::UnknownKey { key } => {
                let expected = format!("a parameter of {operation}");
                Trouble::unknown(given.key_span(&key, words), &expected, &key, keys)
            }
            ArgumentError::RepeatedKey { key } => Trouble {
                span: given.key_span(&key, words),
                what: format!("`{key}` is given twice"),
                help: Some("separate several values by commas".to_owned()),
            },
            ArgumentError::BadValue { key, index, expected } => {
                let (value, span) =
                    given.value(&key, index).cloned().unwrap_or_else(|| nowhere(words));
                let actors = shape.actors().iter().map(ToString::to_string);
                let words: Vec<String> = self.made.keys().map(ToString::to_string).collect();
                let words: Vec<String> = words.into_iter().chain(actors).collect();
                let words = words.iter().map(String::as_str).chain(RESERVED);
                Trouble::nearest(span, expected, &value.text, words)
            }
        }
    }

    /// Requires that earlier steps made what a call names.
    fn check_names(&self, call: &Call, given: &Given) -> Result<(), Trouble> {
        let names = call.names();
        for (value, span) in given.values() {
            let mentioned = match value.text.strip_prefix("invitation:") {
                Some(rest) => rest.split('/').next().unwrap_or(rest),
                None => value.text.as_str(),
            };
            let is_name = names.iter().any(|name| name.as_str() == mentioned);
            if !value.quoted && is_name && !self.made.contains_key(mentioned) {
                return Err(self.unmade(span.clone(), mentioned));
            }
        }
        Ok(())
    }

    /// A name that no earlier step made.
    fn unmade(&self, span: Range<usize>, name: &str) -> Trouble {
        let made = self.made.keys().map(Name::as_str);
        let help = nearest(name, made).map_or_else(
            || format!("name it where it is made: an earlier step that ends in `-> {name}`"),
            |near| format!("did you mean `{near}`?"),
        );
        Trouble { span, what: format!("no earlier step makes `{name}`"), help: Some(help) }
    }

    /// The label behind `@`, where there is one.
    fn read_label(&self, words: &mut Cursor<'_>) -> Result<Option<Name>, Trouble> {
        if !words.take_sign('@') {
            return Ok(None);
        }
        if !words.is_glued() {
            return Err(words.expected("a label, without a space before it"));
        }
        let (label, span) = words.word("a label")?;
        let trouble = |what: String, help: &str| {
            Err(Trouble { span: span.clone(), what, help: Some(help.to_owned()) })
        };
        if !is_name(label) {
            let what = format!("`{label}` is not a valid label");
            return trouble(what, "labels are letters, digits and underscores");
        }
        if self.labels.contains(label) {
            return trouble(
                format!("an earlier step is labelled `{label}` already"),
                "every label is given once",
            );
        }
        Ok(Some(Name::new(label)))
    }

    /// The name behind `->`, where there is one.
    fn read_made(&self, call: &Call, words: &mut Cursor<'_>) -> Result<Option<Name>, Trouble> {
        let arrow = words.here();
        if !words.take_arrow() {
            return Ok(None);
        }
        let trouble = |span, what: String, help: &str| {
            let help = Some(help.to_owned());
            Err(Trouble { span, what, help })
        };
        if call.makes().is_empty() {
            let operation = call.operation();
            let tried = if call.is_dry_run() { "a dry run of " } else { "" };
            let what = format!("{tried}{operation} makes nothing that could be named");
            return trouble(arrow, what, "leave the `->` and the name out");
        }
        let (name, span) = words.word("a name")?;
        if !is_name(name) {
            let what = format!("`{name}` is not a valid name");
            return trouble(span, what, "names are letters, digits and underscores");
        }
        if RESERVED.contains(&name) || Account::actor(name).is_some() {
            let what = format!("`{name}` means something else");
            return trouble(span, what, "choose a name that is not an actor or another value");
        }
        if self.made.contains_key(name) {
            let what = format!("an earlier step makes `{name}` already");
            return trouble(span, what, "every name is given once");
        }
        Ok(Some(Name::new(name)))
    }
}

impl Given {
    fn values(&self) -> impl Iterator<Item = &Placed> {
        let named = self.named.iter().flat_map(|(_, _, values)| values);
        self.subject.iter().chain(named)
    }

    /// A value of a key; the subject where the key is empty.
    fn value(&self, key: &str, index: usize) -> Option<&Placed> {
        if key.is_empty() {
            return self.subject.as_ref();
        }
        let (_, _, values) = self.named.iter().find(|(given, _, _)| given == key)?;
        values.get(index)
    }

    /// Returns the place of a key: the last one if it is repeated.
    fn key_span(&self, key: &str, words: &Cursor<'_>) -> Range<usize> {
        let given = self.named.iter().rev().find(|(given, _, _)| given == key);
        given.map_or_else(|| words.here(), |(_, span, _)| span.clone())
    }
}

/// The value that stands for one which is not there.
fn nowhere(words: &Cursor<'_>) -> Placed {
    (Value::quoted(""), words.here())
}

fn read_world(words: &mut Cursor<'_>) -> Result<(Shape, Assumptions), Trouble> {
    let (word, span) = words.word("the `world` line")?;
    if word != "world" {
        return Err(no_world(span, &format!("`{word}`")));
    }
    let shape = match words.choose("a world", ["standalone", "organization"])? {
        "standalone" => Shape::Standalone,
        _organization => {
            words.choose("`sharing=on` or `sharing=off`", ["sharing"])?;
            if !words.take_glued_sign('=') {
                return Err(words.expected("`=on` or `=off` after `sharing`"));
            }
            let sharing = words.choose("on or off", ["on", "off"])? == "on";
            Shape::Organization { sharing }
        }
    };
    let assumptions = if words.peek().is_some() { read_assumptions(words)? } else { Vec::new() };
    words.finish()?;
    Ok((shape, assumptions.into_iter().collect()))
}

/// Reads the assumptions of a scenario: `assume=` and names.
fn read_assumptions(words: &mut Cursor<'_>) -> Result<Vec<Assumption>, Trouble> {
    words.choose("`assume=` or the end of the line", ["assume"])?;
    if !words.take_glued_sign('=') {
        return Err(words.expected("`=` and a name after `assume`"));
    }
    let names = Assumption::ALL.map(Assumption::as_str);
    let mut assumptions = Vec::new();
    loop {
        let name = words.choose("an assumption", names)?;
        assumptions.extend(Assumption::ALL.into_iter().filter(|it| it.as_str() == name));
        if !words.take_glued_sign(',') {
            return Ok(assumptions);
        }
    }
}

/// An actor of the world.
fn read_actor(shape: Shape, words: &mut Cursor<'_>) -> Result<Account, Trouble> {
    let actors: Vec<String> = shape.actors().iter().map(ToString::to_string).collect();
    let expected = "an actor of this world";
    let span = words.here();
    let actor = words.choose(expected, actors.iter().map(String::as_str))?;
    Account::actor(actor)
        .ok_or_else(|| Trouble::unknown(span, expected, actor, actors.iter().map(String::as_str)))
}

/// The word before the name of a Region.
const IN: &str = "in";

/// Reads the Region behind an actor, `in away`, with its place; home where none is named.
fn read_region(words: &mut Cursor<'_>) -> Result<(Region, Range<usize>), Trouble> {
    let start = words.here();
    if words.peek() != Some(&Kind::Word(IN)) {
        return Ok((Region::HOME, start));
    }
    words.skip();
    let span = words.here();
    let expected = "a Region of the world";
    let name = words.choose(expected, Region::names().iter().copied())?;
    let names = Region::names().iter().copied();
    let region =
        Region::named(name).ok_or_else(|| Trouble::unknown(span.clone(), expected, name, names))?;
    Ok((region, start.start..span.end))
}

/// A Region that a call of a global service is made in.
fn global(span: Range<usize>, info: &OperationInfo) -> Trouble {
    Trouble {
        span,
        what: format!("{} is the same in all Regions", info.name),
        help: Some("leave out the Region".to_owned()),
    }
}

fn read_arguments(info: &OperationInfo, words: &mut Cursor<'_>) -> Result<Given, Trouble> {
    let mut given = Given::default();
    loop {
        match words.peek() {
            None | Some(Kind::Arrow | Kind::Sign('!')) => return Ok(given),
            Some(Kind::Sign(_)) => return Err(words.expected("KEY=VALUE, `->` or `!`")),
            Some(Kind::Word(_) | Kind::Quoted(_)) => {}
        }
        let (value, span) = read_value(words, "the name of a resource or KEY=VALUE")?;
        if value.quoted || !words.take_glued_sign('=') {
            if given.subject.is_some() || !given.named.is_empty() {
                let keys = info.parameters.iter().map(|it| it.key);
                let keys = keys.filter(|key| !key.is_empty());
                let expected = format!("a parameter of {} as KEY=VALUE", info.name);
                return Err(Trouble::unknown(span, &expected, &value.text, keys));
            }
            given.subject = Some((value, span));
            continue;
        }
        let values = read_values(words, expected_of(info, &value.text))?;
        given.named.push((value.text, span, values));
    }
}

/// The form of a parameter's values, for messages.
fn expected_of(info: &OperationInfo, key: &str) -> &'static str {
    info.parameters.iter().find(|it| it.key == key).map_or("a value", |it| it.expected)
}

/// The values behind `=`, separated by commas.
fn read_values(words: &mut Cursor<'_>, expected: &str) -> Result<Vec<Placed>, Trouble> {
    let mut values = Vec::new();
    loop {
        if !words.is_glued() {
            return Err(words.expected(&format!("{expected}, without a space before it")));
        }
        values.push(read_value(words, expected)?);
        if !words.take_glued_sign(',') {
            return Ok(values);
        }
    }
}

fn read_value(words: &mut Cursor<'_>, expected: &str) -> Result<Placed, Trouble> {
    let span = words.here();
    let value = match words.peek() {
        Some(Kind::Word(word)) => Value::bare(word),
        Some(Kind::Quoted(text)) => Value::quoted(text),
        Some(Kind::Arrow | Kind::Sign(_)) | None => return Err(words.expected(expected)),
    };
    words.skip();
    Ok((value, span))
}

/// Requires that the actors among a step's values are in its world, and what its literals ask for.
fn check_actors(shape: Shape, info: &OperationInfo, given: &Given) -> Result<(), Trouble> {
    let named = given
        .named
        .iter()
        .filter(|(key, _, _)| !is_text(info.parameters, key))
        .flat_map(|(_, _, values)| values);
    for (value, span) in given.subject.iter().chain(named) {
        check_actor(shape, value, span)?;
        check_placeholders(shape, value, span)?;
    }
    Ok(())
}

/// Requires that the actor in a value, where there is one, is in the world.
fn check_actor(shape: Shape, value: &Value, span: &Range<usize>) -> Result<(), Trouble> {
    let actor = actor_in(value);
    match actor {
        Some(actor) if !shape.actors().contains(&actor) => {
            let actors: Vec<String> = shape.actors().iter().map(ToString::to_string).collect();
            Err(Trouble {
                span: span.clone(),
                what: format!("{actor} is not in this world"),
                help: Some(format!("its actors are {}", actors.join(", "))),
            })
        }
        Some(_) | None => Ok(()),
    }
}

/// Requires that the world has what the placeholders of a literal ask for.
fn check_placeholders(shape: Shape, value: &Value, span: &Range<usize>) -> Result<(), Trouble> {
    let Some(unknown) = first_unknown(&value.text, shape).filter(|_| value.quoted) else {
        return Ok(());
    };
    let valid = valid_in(shape);
    let valid = valid.iter().map(String::as_str);
    Err(Trouble::unknown(span.clone(), "an id of this world in `${}`", unknown.written, valid))
}

/// The claim behind `!`; none where there is no `!`.
fn read_answer_claim(words: &mut Cursor<'_>) -> Result<Option<AnswerClaim>, Trouble> {
    if !words.take_sign('!') {
        return Ok(None);
    }
    let mut codes = Vec::new();
    loop {
        let (code, span) = words.word("an error code or `granted`")?;
        if code == GRANTED && codes.is_empty() {
            return Ok(Some(AnswerClaim::Granted));
        }
        let letters = |byte: u8| byte.is_ascii_alphabetic() || byte == b'.';
        if !code.bytes().all(letters) {
            return Err(Trouble {
                span,
                what: format!("expected an error code or `granted`, found `{code}`"),
                help: Some("codes are letters and dots; `|` separates several".to_owned()),
            });
        }
        codes.push(SmolStr::new(code));
        if !words.take_sign('|') {
            return Ok(Some(AnswerClaim::Refused(codes)));
        }
    }
}

#[cfg(test)]
mod tests;
