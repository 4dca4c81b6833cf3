//! HTTP archives, as browsers and proxies write them.
//!
//! <http://www.softwareishard.com/blog/har-12-spec/>

use std::io;
use std::path::Path;

use serde_json::Value;

use super::exchange::{Accounts, Scope};
use super::{Exchange, Format, Opened, Receiver, Unreadable, items, moment};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "har",
    lacks: "the account, unless the access key id is one or STS says it",
    is_in_order: false,
    recognizes,
    read,
};

fn recognizes(_path: &Path, start: &str) -> bool {
    let start = start.trim_start();
    start.starts_with('{') && start.contains("\"log\"") && start.contains("\"version\"")
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let mut accounts = Accounts::default();
    let rest = items::read(opened, &["log", "entries"], &mut |number, entry| {
        let place = opened.place(number);
        receiver(match exchange(&entry) {
            Some(exchange) => Ok(accounts.told(exchange).event(place)),
            None => {
                Err(Unreadable { place, why: "an entry without a request or its URL".to_owned() })
            }
        });
    })?;
    if let Some(unreadable) = rest {
        receiver(Err(unreadable));
    }
    Ok(())
}

fn exchange(entry: &Value) -> Option<Exchange> {
    let request = entry.get("request")?;
    let uri: http::Uri = request.get("url")?.as_str()?.parse().ok()?;
    let query = uri.query().unwrap_or_default();
    let header = |name: &str| named(request.get("headers")?, name);
    let error = entry.pointer("/response/headers").and_then(|it| named(it, "x-amzn-errortype"));
    let scope = header("authorization").and_then(Scope::of_header);
    let scope = scope.or_else(|| Scope::of_query(query));
    let begin = entry.get("startedDateTime").and_then(Value::as_str).and_then(moment);
    let lasted = entry.get("time").and_then(Value::as_f64).filter(|time| *time >= 0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds of an exchange fit, and are not negative here"
    )]
    let lasted = lasted.map(|time| (time * 1000.0) as u64);
    let status = entry.pointer("/response/status").and_then(Value::as_u64);
    let status = status.and_then(|status| u16::try_from(status).ok()).filter(|it| *it > 0);
    let content = entry.pointer("/response/content");
    let is_encoded = content.is_some_and(|it| it.get("encoding").is_some());
    let answer = content.and_then(|it| it.get("text")).and_then(Value::as_str);
    Some(Exchange {
        begin,
        end: begin.zip(lasted).map(|(begin, lasted)| begin + lasted),
        account: scope.as_ref().and_then(Scope::account).map(str::to_owned),
        region: scope.as_ref().map(|it| it.region.clone()),
        service: scope.as_ref().map(|it| it.service.clone()),
        key: scope.map(|it| it.key),
        method: request.get("method")?.as_str()?.to_owned(),
        path: uri.path().to_owned(),
        query: query.to_owned(),
        target: header("x-amz-target").map(str::to_owned),
        request: request.pointer("/postData/text").and_then(Value::as_str).map(str::to_owned),
        status,
        error: error.map(str::to_owned),
        answer: answer.filter(|_| !is_encoded).map(str::to_owned),
        lost: status.is_none().then(|| "no answer was recorded".to_owned()),
        ..Exchange::default()
    })
}

/// The value of the header of this name.
fn named<'a>(headers: &'a Value, name: &str) -> Option<&'a str> {
    let is = |it: &&Value| it["name"].as_str().is_some_and(|it| it.eq_ignore_ascii_case(name));
    headers.as_array()?.iter().find(is)?.get("value")?.as_str()
}
