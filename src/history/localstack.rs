//! Snapshots of LocalStack's tests, recorded from AWS: the answers of each test, in which values are
//! replaced by placeholders.
//!
//! <https://github.com/localstack/localstack/tree/main/tests/aws/services>

use std::io;
use std::path::Path;

use bellwether_model::operations::OPERATIONS;
use serde_json::Value;

use super::exchange::RAM;
use super::{Answer, Event, Format, Opened, Receiver};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "localstack-snapshot",
    lacks: "requests, callers and times; ids and times are replaced by placeholders",
    is_in_order: false,
    recognizes,
    read,
};

fn recognizes(_path: &Path, start: &str) -> bool {
    start.trim_start().starts_with('{') && start.contains("\"recorded-content\"")
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let snapshot = match opened.json()? {
        Ok(snapshot) => snapshot,
        Err(unreadable) => {
            receiver(Err(unreadable));
            return Ok(());
        }
    };
    let tests = snapshot.as_object().into_iter().flat_map(|tests| tests.values());
    let contents = tests.filter_map(|test| test.get("recorded-content")?.as_object());
    let answers = contents.flatten().filter_map(|(key, said)| Some((operation(key)?, said)));
    for (index, (operation, said)) in answers.enumerate() {
        let status = said.pointer("/ResponseMetadata/HTTPStatusCode").and_then(Value::as_u64);
        let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
        receiver(Ok(Event {
            place: opened.place(index + 1),
            caller: None,
            region: None,
            time: None,
            service: RAM.to_owned(),
            operation: operation.to_owned(),
            request: None,
            answer: Answer::Whole {
                status,
                body: without_placeholders(said).to_string(),
                error: None,
            },
        }));
    }
    Ok(())
}

/// The operation of RAM that the key of an answer is named for, such as `ram-create-resource-share`.
fn operation(key: &str) -> Option<&'static str> {
    let word = key.strip_prefix("ram-")?.replace(['-', '_'], "");
    let mut operations = OPERATIONS.iter().filter(|it| it.service == RAM);
    operations.find(|it| word.starts_with(&it.name.to_ascii_lowercase())).map(|it| it.name)
}

/// An answer without the members whose values are replaced, since nothing is known of them.
fn without_placeholders(said: &Value) -> Value {
    let is_replaced = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        text.starts_with('<') || text == "datetime" || text == "timestamp"
    };
    match said {
        Value::Object(members) => {
            let kept = members
                .iter()
                .filter(|(name, value)| *name != "ResponseMetadata" && !is_replaced(value));
            let kept = kept.map(|(name, value)| (name.clone(), without_placeholders(value)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_placeholders).collect()),
        said @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => said.clone(),
    }
}
