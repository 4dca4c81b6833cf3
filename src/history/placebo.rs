//! Recordings of placebo, a recorder for boto3: folders of files `SERVICE.OPERATION_N.json`, each with the
//! Nth answer to that operation.
//!
//! <https://github.com/garnaat/placebo>

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, Event, Format, Opened, Receiver, Unreadable};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "placebo",
    lacks: "requests, callers and times, and the order of different operations",
    is_in_order: false,
    recognizes,
    read,
};

fn recognizes(path: &Path, start: &str) -> bool {
    called(path).is_some() && start.contains("\"status_code\"")
}

/// The service and operation that a file is named for.
fn called(path: &Path) -> Option<(String, String)> {
    let stem = path.file_stem()?.to_str()?;
    let (service, call) = stem.split_once('.')?;
    let (operation, number) = call.rsplit_once('_')?;
    number.parse::<u32>().ok()?;
    Some((service.to_owned(), operation.to_owned()))
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let place = opened.place(1);
    let recorded = match opened.json()? {
        Ok(recorded) => recorded,
        Err(unreadable) => {
            receiver(Err(unreadable));
            return Ok(());
        }
    };
    let status = recorded.get("status_code").and_then(Value::as_u64);
    let status = status.and_then(|status| u16::try_from(status).ok());
    let (Some((service, operation)), Some(status)) = (called(opened.path()), status) else {
        let why = "an answer without a status_code".to_owned();
        receiver(Err(Unreadable { place, why }));
        return Ok(());
    };
    receiver(Ok(Event {
        place,
        caller: None,
        region: None,
        time: None,
        service,
        operation,
        request: None,
        answer: Answer::Whole { status, body: body(&recorded["data"]).to_string(), error: None },
    }));
    Ok(())
}

/// The body of an answer: what boto3 adds is left out, and times are as services write them.
fn body(data: &Value) -> Value {
    match data {
        Value::Object(members) if members.contains_key("__class__") => seconds(data),
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| *name != "ResponseMetadata");
            Value::Object(kept.map(|(name, value)| (name.clone(), body(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(body).collect()),
        data @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => data.clone(),
    }
}

/// The seconds since 1970 of a time that is written in its parts; null if it is none.
fn seconds(parts: &Value) -> Value {
    let part = |name: &str| parts.get(name).and_then(Value::as_i64);
    let moment = || {
        let small = |name| i8::try_from(part(name)?).ok();
        let date = jiff::civil::DateTime::new(
            i16::try_from(part("year")?).ok()?,
            small("month")?,
            small("day")?,
            small("hour").unwrap_or_default(),
            small("minute").unwrap_or_default(),
            small("second").unwrap_or_default(),
            0,
        );
        let moment = jiff::tz::Offset::UTC.to_timestamp(date.ok()?).ok()?;
        Some(moment.as_second())
    };
    moment().map_or(Value::Null, |seconds| json!(seconds))
}
