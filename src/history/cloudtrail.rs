//! CloudTrail: log files as AWS delivers them, and lines of events as Lake exports them.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
//!
//! A file can be compressed, and its events are in no order. Answers are kept only of calls that
//! write, and long ones are cut.

use std::io::{self, BufRead as _};
use std::path::Path;

use bellwether_model::Account;
use serde_json::{Value, json};

use super::exchange::RAM;
use super::{Answer, Event, Format, Opened, Place, Receiver, Span, Unreadable, moment};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "cloudtrail",
    lacks: "the answers to calls that read, parts of others, and the order of the events of one second",
    recognizes,
    read,
};

/// The name that EC2 signs requests with.
const EC2: &str = "ec2";

/// The time that an event may have happened in: its time is cut to the second.
const SECOND: u64 = 1_000_000;

fn recognizes(_path: &Path, start: &str) -> bool {
    let start = start.trim_start();
    start.starts_with("{\"Records\"")
        || (start.starts_with('{')
            && start.contains("\"eventSource\"")
            && start.contains("\"eventName\""))
        || (start.starts_with('{')
            && start.contains("\"Records\"")
            && start.contains("\"eventVersion\""))
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let text = opened.text()?;
    if let Ok(Value::Object(file)) = serde_json::from_str(&text) {
        let records = file.get("Records").and_then(Value::as_array).cloned();
        let records = records.unwrap_or_else(|| vec![Value::Object(file)]);
        for (index, record) in records.iter().enumerate() {
            receive(record, opened.place(index + 1), receiver);
        }
        return Ok(());
    }
    for (index, line) in text.as_bytes().lines().enumerate() {
        let place = opened.place(index + 1);
        match serde_json::from_str(&line?) {
            Ok(record) => receive(&record, place, receiver),
            Err(error) => {
                receiver(Err(Unreadable {
                    place,
                    why: format!("not a CloudTrail event: {error}"),
                }));
            }
        }
    }
    Ok(())
}

fn receive(record: &Value, place: Place, receiver: &mut Receiver<'_>) {
    let why = "not a CloudTrail event: it has no eventSource and eventName".to_owned();
    let unreadable = Unreadable { place: place.clone(), why };
    receiver(event(record, place).ok_or(unreadable));
}

fn event(record: &Value, place: Place) -> Option<Event> {
    let text = |pointer: &str| record.pointer(pointer).and_then(Value::as_str);
    let service = text("/eventSource")?.strip_suffix(".amazonaws.com")?;
    let service = if service == EC2 || service == RAM { service } else { text("/eventSource")? };
    let caller = text("/userIdentity/accountId").or_else(|| text("/recipientAccountId"));
    let begin = text("/eventTime").and_then(moment);
    let answer = match (text("/errorCode"), record.get("responseElements")) {
        (Some(code), _) => Answer::Refused {
            // EC2 once wrote whose fault it was before the code.
            code: code.trim_start_matches("Client.").trim_start_matches("Server.").to_owned(),
            message: text("/errorMessage").unwrap_or_default().to_owned(),
        },
        (None, Some(said @ Value::Object(_))) if service == RAM => {
            Answer::Partly { body: with_times(said).to_string() }
        }
        (None, Some(said @ Value::Object(_))) if service == EC2 => {
            let root = format!("{}Response", text("/eventName")?);
            let mut body = String::new();
            write_element(&mut body, &root, said);
            Answer::Partly { body }
        }
        (None, _) => Answer::Granted,
    };
    Some(Event {
        place,
        caller: caller.and_then(Account::from_id),
        region: text("/awsRegion").map(str::to_owned),
        time: begin.map(|begin| Span { begin, end: begin + SECOND }),
        service: service.to_owned(),
        operation: text("/eventName")?.to_owned(),
        request: Some(match record.get("requestParameters") {
            Some(parameters @ Value::Object(_)) => parameters.clone(),
            Some(_) | None => json!({}),
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
