//! CloudTrail Lake: the results of queries as it saves them, CSV with the columns that were asked for.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html>
//!
//! Lake keeps parameters and answers as maps of texts, and writes a map in a way that can't be read back. So a query
//! has to ask for them as JSON, such as `json_format(CAST(requestParameters AS JSON)) AS requestParameters`.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::Path;
use std::rc::Rc;

use serde_json::{Value, json};

use super::cloudtrail::{Identity, Record};
use super::{Answer, Event, Format, Opened, Place, Receiver, Unreadable, cloudtrail};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "cloudtrail-lake",
    lacks: "the answers to calls that read, parts of others, the order of the events of one second, and what the \
            query did not ask for",
    is_in_order: false,
    recognizes,
    read,
};

/// The columns that are read, by the names that CloudTrail gives to them. Lake knows no capitals.
const COLUMNS: [&str; 10] = [
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "errorCode",
    "errorMessage",
    "recipientAccountId",
    "requestParameters",
    "responseElements",
    "accountId",
];

fn recognizes(_path: &Path, start: &str) -> bool {
    let first = start.lines().next().unwrap_or_default().to_ascii_lowercase();
    let names = |name: &str| first.split(',').any(|column| column.trim_matches('"') == name);
    names("eventsource") && names("eventname")
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let last = Rc::new(Cell::new(b'\n'));
    let content = Content { content: opened.content()?, last: Rc::clone(&last) };
    let mut rows = csv::ReaderBuilder::new().from_reader(content);
    let columns: Vec<Option<&'static str>> = match rows.headers() {
        Ok(names) => names.iter().map(column).collect(),
        Err(error) => return unreadable(opened, error, receiver),
    };
    let mut row = csv::StringRecord::new();
    loop {
        match rows.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let line = row.position().map_or(1, csv::Position::line);
                let place = opened.place(usize::try_from(line).unwrap_or(usize::MAX));
                receiver(if rows.is_done() && last.get() != b'\n' {
                    let why = "the last row does not end: the file is cut".to_owned();
                    Err(Unreadable { place, why })
                } else {
                    event(&columns, &row, place)
                });
            }
            Err(error) if error.is_io_error() => return unreadable(opened, error, receiver),
            Err(error) => unreadable(opened, error, receiver)?,
        }
    }
}

/// The content of a file, with the last letter that was read of it.
struct Content {
    content: Box<dyn BufRead>,
    last: Rc<Cell<u8>>,
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        if let Some(last) = buffer.get(..count).and_then(<[u8]>::last) {
            self.last.set(*last);
        }
        Ok(count)
    }
}

/// What can't be read of a file because of this error.
fn unreadable(opened: &Opened, error: csv::Error, receiver: &mut Receiver<'_>) -> io::Result<()> {
    if error.is_io_error() {
        return Err(error.into());
    }
    let line = error.position().map_or(1, csv::Position::line);
    let place = opened.place(usize::try_from(line).unwrap_or(usize::MAX));
    receiver(Err(Unreadable { place, why: format!("not a row of CSV: {error}") }));
    Ok(())
}

/// The column of this name: CloudTrail's own name of it.
fn column(name: &str) -> Option<&'static str> {
    let last = name.rsplit('.').next().unwrap_or(name);
    COLUMNS.into_iter().find(|known| known.eq_ignore_ascii_case(last))
}

/// The event of a row.
fn event(
    columns: &[Option<&'static str>],
    row: &csv::StringRecord,
    place: Place,
) -> Result<Event, Unreadable> {
    let mut record = Record::default();
    for (column, text) in columns.iter().zip(row.iter()) {
        let text_or_null = || if text.is_empty() { Value::Null } else { json!(text) };
        match column.unwrap_or_default() {
            "eventTime" => {
                record.event_time =
                    json!(format!("{}Z", text.trim_end_matches('Z').replace(' ', "T")));
            }
            "eventSource" => record.event_source = text_or_null(),
            "eventName" => record.event_name = text_or_null(),
            "awsRegion" => record.aws_region = text_or_null(),
            "errorCode" => record.error_code = text_or_null(),
            "errorMessage" => record.error_message = text_or_null(),
            "recipientAccountId" => record.recipient_account_id = text_or_null(),
            "requestParameters" => record.request_parameters = map(text),
            "responseElements" => record.response_elements = map(text),
            "accountId" if !text.is_empty() => {
                record.user_identity = Some(Identity { account_id: json!(text) });
            }
            _ => {}
        }
    }
    let has_request = columns.contains(&Some("requestParameters"))
        && record.request_parameters != Value::Bool(false);
    let event = cloudtrail::event(&record, place.clone());
    let why = || "a row without eventSource and eventName".to_owned();
    let mut event = event.ok_or_else(|| Unreadable { place, why: why() })?;
    if !has_request {
        event.request = None;
    }
    if !columns.contains(&Some("errorCode")) {
        // Whether it was refused was not asked for.
        event.answer = Answer::Unrecorded;
    }
    Ok(event)
}

/// The map of a column: its values are texts, those of lists and objects JSON. False if it can't be read.
fn map(text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    let Ok(Value::Object(mut members)) = serde_json::from_str(text) else { return json!(false) };
    for value in members.values_mut() {
        let Some(inner) = value.as_str().filter(|text| text.starts_with(['{', '['])) else {
            continue;
        };
        match serde_json::from_str(inner) {
            Ok(inner) => *value = inner,
            // What cannot be read may name anything.
            Err(_) => return json!(false),
        }
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_read_with_the_json_in_them() {
        let text = r#"{"name":"a","principals":"[\"111122223333\"]"}"#;
        assert_eq!(map(text), json!({ "name": "a", "principals": ["111122223333"] }));
    }

    #[test]
    fn a_map_that_lake_writes_as_text_is_not_guessed() {
        assert_eq!(map("{name=a, principals=[111122223333]}"), json!(false));
        assert_eq!(map(r#"{"instancesSet":"{items=[a]}"}"#), json!(false));
    }
}
