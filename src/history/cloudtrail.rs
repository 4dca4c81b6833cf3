//! CloudTrail: log files as AWS delivers them, lines of events, and what LookupEvents answers.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
//!
//! A file can be compressed, and its events are in no order. Answers are kept only of calls that
//! write, and long ones are cut.

use std::io::{self, BufRead, Read as _};
use std::path::Path;

use bellwether_model::Account;
use serde::Deserialize;
use serde_json::{Value, json};

use super::exchange::RAM;
use super::{Answer, Event, Format, Opened, Place, Receiver, Span, Unreadable, items, moment};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "cloudtrail",
    lacks: "the answers to calls that read, parts of others, and the order of the events of one second",
    is_in_order: false,
    recognizes,
    read,
};

/// The name that EC2 signs requests with.
const EC2: &str = "ec2";

/// The services whose members begin with a capital, and are kept with a small letter.
const CAPITALIZED: [&str; 2] = ["license-manager", "route53resolver"];

/// The time that an event may have happened in: its time is cut to the second.
const SECOND: u64 = 1_000_000;

fn recognizes(_path: &Path, start: &str) -> bool {
    let is_event = start.contains("\"eventSource\"") && start.contains("\"eventName\"");
    start.trim_start().starts_with('{') && (is_event || layout(start) != Layout::Events)
}

/// The ways in which events are laid out in a file.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Layout {
    /// One after the other, as a rule each in a line.
    Events,
    /// In an array, as CloudTrail delivers them.
    Records,
    /// As texts in the answer to LookupEvents.
    LookedUp,
}

fn layout(start: &str) -> Layout {
    let first_member = start.trim_start().trim_start_matches('{').trim_start();
    let comes_before_events = |member: &str| {
        let place = start.find(member);
        place.is_some() && place < start.find("\"eventVersion\"")
    };
    if first_member.starts_with("\"Records\"") || comes_before_events("\"Records\"") {
        Layout::Records
    } else if first_member.starts_with("\"Events\"") && start.contains("\"CloudTrailEvent\"") {
        Layout::LookedUp
    } else {
        Layout::Events
    }
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let mut content = opened.content()?;
    let layout = layout(&String::from_utf8_lossy(content.fill_buf()?));
    let rest = match layout {
        Layout::Events => return read_events(opened, content, receiver),
        Layout::Records => items::read(opened, &["Records"], &mut |number, record: Record| {
            receive(&record, opened.place(number), receiver);
        })?,
        Layout::LookedUp => items::read(opened, &["Events"], &mut |number, found: Value| {
            let text = found.get("CloudTrailEvent").and_then(Value::as_str).unwrap_or_default();
            let record: Record = serde_json::from_str(text).unwrap_or_default();
            receive(&record, opened.place(number), receiver);
        })?,
    };
    if let Some(unreadable) = rest {
        receiver(Err(unreadable));
    }
    Ok(())
}

/// Reads events one after the other. One of several lines is read too, if all are like that.
fn read_events(
    opened: &Opened,
    mut content: Box<dyn BufRead>,
    receiver: &mut Receiver<'_>,
) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if content.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(&line) {
            Ok(record) => receive(&record, opened.place(number), receiver),
            Err(error) if error.is_eof() && number == 1 => break,
            Err(error) => {
                let why = format!("not a CloudTrail event: {error}");
                receiver(Err(Unreadable { place: opened.place(number), why }));
            }
        }
    }
    let records = serde_json::Deserializer::from_reader(io::Cursor::new(line).chain(content));
    let records = records.into_iter();
    for (index, record) in records.enumerate() {
        match record {
            Ok(record) => receive(&record, opened.place(index + 1), receiver),
            Err(error) => {
                if let Some(unreadable) = items::unreadable(opened, error)? {
                    receiver(Err(unreadable));
                }
                return Ok(());
            }
        }
    }
    Ok(())
}

/// What is read of a record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Record {
    pub(super) event_time: Value,
    pub(super) event_source: Value,
    pub(super) event_name: Value,
    pub(super) aws_region: Value,
    pub(super) error_code: Value,
    pub(super) error_message: Value,
    pub(super) recipient_account_id: Value,
    pub(super) user_identity: Option<Identity>,
    pub(super) request_parameters: Value,
    pub(super) response_elements: Value,
}

/// Who calls.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Identity {
    pub(super) account_id: Value,
}

fn receive(record: &Record, place: Place, receiver: &mut Receiver<'_>) {
    let why = "not a CloudTrail event: it has no eventSource and eventName".to_owned();
    let unreadable = Unreadable { place: place.clone(), why };
    receiver(event(record, place).ok_or(unreadable));
}

/// The event of a record; `None` if it has no source and name.
pub(super) fn event(record: &Record, place: Place) -> Option<Event> {
    let (source, name) = (record.event_source.as_str()?, record.event_name.as_str()?);
    let service = source.strip_suffix(".amazonaws.com")?;
    let is_capitalized = CAPITALIZED.contains(&service);
    let is_followed = service == EC2 || service == RAM || is_capitalized;
    let service = if is_followed { service } else { source };
    let caller = record.user_identity.as_ref().and_then(|it| it.account_id.as_str());
    let caller = caller.or_else(|| record.recipient_account_id.as_str());
    let begin = record.event_time.as_str().and_then(moment);
    let answer = match (record.error_code.as_str(), &record.response_elements) {
        (Some(code), _) => Answer::Refused {
            // EC2 once wrote whose fault it was before the code.
            code: code.trim_start_matches("Client.").trim_start_matches("Server.").to_owned(),
            message: record.error_message.as_str().unwrap_or_default().to_owned(),
        },
        (None, said @ Value::Object(_)) if service == RAM => {
            Answer::Partly { body: with_times(said).to_string() }
        }
        (None, said @ Value::Object(_)) if service == EC2 => {
            let root = format!("{name}Response");
            let mut body = String::new();
            write_element(&mut body, &root, said);
            Answer::Partly { body }
        }
        (None, said @ Value::Object(_)) if is_capitalized => {
            Answer::Partly { body: capitalized(said).to_string() }
        }
        (None, _) => Answer::Granted,
    };
    Some(Event {
        place,
        caller: caller.and_then(Account::from_id),
        region: record.aws_region.as_str().map(str::to_owned),
        time: begin.map(|begin| Span { begin, end: begin + SECOND }),
        service: service.to_owned(),
        operation: name.to_owned(),
        request: Some(match Some(&record.request_parameters).filter(|it| it.is_object()) {
            Some(parameters) if is_capitalized => capitalized(parameters),
            Some(parameters) => parameters.clone(),
            None => json!({}),
        }),
        answer,
    })
}

/// The answer of a JSON service with its times as it writes them: seconds since 1970.
fn with_times(said: &Value) -> Value {
    match said {
        Value::Object(members) => {
            let members = members.iter().filter_map(|(name, value)| {
                let is_time = name.ends_with("Time") || name.ends_with("Timestamp");
                let value = match value.as_str().filter(|_| is_time) {
                    // A time in another form is left out.
                    Some(text) => json!(moment(text)? / SECOND),
                    None => with_times(value),
                };
                Some((name.clone(), value))
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(with_times).collect()),
        said @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => said.clone(),
    }
}

/// A request or an answer with its members as the API writes them.
fn capitalized(said: &Value) -> Value {
    let capital = |name: &str| -> String {
        let mut letters = name.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    };
    match said {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (capital(name), capitalized(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(capitalized).collect()),
        said @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => said.clone(),
    }
}

/// Writes a part of an answer of EC2 as EC2 does: lists, which are kept as `items`, by their items. Times are left
/// out, which are kept in another form.
fn write_element(xml: &mut String, name: &str, said: &Value) {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_name || name.ends_with("Time") || name.ends_with("Date") {
        return;
    }
    xml.push('<');
    xml.push_str(name);
    xml.push('>');
    match said {
        Value::Object(members) => {
            for (member, value) in members {
                match value.as_array().filter(|_| member == "items") {
                    Some(items) => items.iter().for_each(|item| write_element(xml, "item", item)),
                    None => write_element(xml, member, value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| write_element(xml, "item", item)),
        Value::String(text) => xml.push_str(&quick_xml::escape::escape(text)),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => xml.push_str(&said.to_string()),
    }
    xml.push_str("</");
    xml.push_str(name);
    xml.push('>');
}
