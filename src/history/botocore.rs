//! The debug log of botocore, which boto3 and the AWS CLI (`--debug`) write: what is sent and what comes back.
//!
//! <https://docs.aws.amazon.com/boto3/latest/reference/core/boto3.html#boto3.set_stream_logger>
//!
//! Calls of several threads stand in a log side by side. The CLI's names the thread of each line; where none is named,
//! no answer is read any more once a call was begun before the one before it was answered.

mod literal;

use std::collections::BTreeMap;
use std::io::{self, BufRead as _};
use std::path::Path;

use serde_json::Value;

use super::exchange::{Accounts, Scope};
use super::vcr::signed_at;
use super::{Exchange, Format, Micros, Opened, Place, Receiver, Unreadable};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "botocore-log",
    lacks: "the account, unless the access key id is one or STS says it; the status, without the lines of urllib3; \
            and answers where calls of several threads are mixed",
    is_in_order: true,
    recognizes,
    read,
};

fn recognizes(_path: &Path, start: &str) -> bool {
    let is_of_botocore = |line: &str| line.contains("botocore.") && line.contains("DEBUG");
    !start.starts_with('{') && start.lines().take(20).any(is_of_botocore)
}

/// What a line begins to say, by the text before what follows.
const MAKING: &str = "Making request for OperationModel(name=";
const PARAMETERS: &str = ") with params: ";
const SENDING: &str = "Sending http request: <AWSPreparedRequest ";
const HEADERS: &str = "headers=";
const STATUS: &str = " HTTP/1.1\" ";
const ANSWER_HEADERS: &str = "Response headers: ";
const ANSWER: &str = "Response body:";
const FAILED: &str = "Exception received when sending HTTP request.";

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let mut content = opened.content()?;
    let mut log = Log::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if content.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        log.read(text.trim_end(), &opened.place(number), receiver);
    }
    log.end(receiver);
    Ok(())
}

/// What was read of a log so far.
#[derive(Debug, Default)]
struct Log {
    accounts: Accounts,
    threads: BTreeMap<String, Thread>,
    /// The thread whose answer stands in the next line, and the time of that on its clock.
    answered: Option<(String, Option<i64>)>,
    /// Whether calls of several threads are mixed that are not told apart.
    is_mixed: bool,
}

/// What a thread is at.
#[derive(Debug, Default)]
struct Thread {
    /// The calls that were begun and not yet sent: credentials may be asked for in between.
    made: Vec<Exchange>,
    /// The call that was sent last, which may be sent again.
    last: Option<Exchange>,
    /// The call that waits for its answer.
    sent: Option<Sent>,
}

/// A call that waits for its answer.
#[derive(Debug)]
struct Sent {
    exchange: Exchange,
    place: Place,
    /// What the clock of the log is ahead of UTC.
    zone: i64,
}

impl Log {
    fn read(&mut self, line: &str, place: &Place, receiver: &mut Receiver<'_>) {
        if let Some((thread, at)) = self.answered.take() {
            return self.answer(&thread, at, line, place, receiver);
        }
        let Some((kind, rest)) = kind_of(line) else { return };
        let thread = thread_of(line);
        match kind {
            Kind::Made => self.make(&thread, rest, place, receiver),
            Kind::Sent => self.send(&thread, rest, line, place, receiver),
            Kind::Status => {
                let status = rest.split(' ').next().and_then(|status| status.parse().ok());
                self.waiting(&thread, |exchange| exchange.status = status);
            }
            Kind::Headers => {
                let headers = literal::read(rest).unwrap_or_default();
                self.waiting(&thread, |exchange| {
                    exchange.error = header(&headers, "x-amzn-errortype");
                });
            }
            Kind::Answer => self.answered = Some((thread, local_time(line))),
            Kind::Failed => self.lose(&thread, "the client had no answer", receiver),
        }
    }

    /// A call is begun.
    fn make(&mut self, name: &str, rest: &str, place: &Place, receiver: &mut Receiver<'_>) {
        let is_waiting = self.threads.get(name).is_some_and(|thread| thread.sent.is_some());
        if is_waiting && name.is_empty() && !self.is_mixed {
            self.is_mixed = true;
            let why = "calls of several threads are mixed, and which is whose is not told: no answer from here on \
                       is read; have the log name the thread of each line (%(threadName)s)"
                .to_owned();
            receiver(Err(Unreadable { place: place.clone(), why }));
        }
        if is_waiting {
            self.lose(name, "its answer is not in the log", receiver);
        }
        let Some(exchange) = made(rest) else {
            let why = "a request that can't be read".to_owned();
            receiver(Err(Unreadable { place: place.clone(), why }));
            return;
        };
        self.threads.entry(name.to_owned()).or_default().made.push(exchange);
    }

    /// A call is sent, for the first time or again.
    fn send(
        &mut self,
        name: &str,
        rest: &str,
        line: &str,
        place: &Place,
        receiver: &mut Receiver<'_>,
    ) {
        self.lose(name, "the client had no answer", receiver);
        let headers = rest.split_once(HEADERS).and_then(|(_, headers)| literal::read(headers));
        let headers = headers.unwrap_or_default();
        let thread = self.threads.entry(name.to_owned()).or_default();
        let attempt = header(&headers, "amz-sdk-request").unwrap_or_default();
        let is_again = !attempt.is_empty() && !attempt.starts_with("attempt=1;");
        let made = if is_again { None } else { thread.made.pop() };
        let Some(mut exchange) = made.or_else(|| thread.last.clone()) else { return };
        thread.last = Some(exchange.clone());
        let scope = header(&headers, "authorization").as_deref().and_then(Scope::of_header);
        let signed = header(&headers, "x-amz-date").as_deref().and_then(signed_at);
        let at = local_time(line);
        let zone = at.zip(signed).map(|(local, signed)| zone(local, signed));
        exchange.begin = at.zip(zone).and_then(|(at, zone)| u64::try_from(at - zone).ok());
        exchange.account = scope.as_ref().and_then(Scope::account).map(str::to_owned);
        exchange.region = scope.as_ref().map(|it| it.region.clone());
        exchange.service = scope.as_ref().map(|it| it.service.clone());
        exchange.key = scope.map(|it| it.key);
        exchange.target = header(&headers, "x-amz-target").or(exchange.target);
        if self.is_mixed {
            exchange.status = None;
            receiver(Ok(self.accounts.told(exchange).event(place.clone())));
            return;
        }
        thread.sent = Some(Sent { exchange, place: place.clone(), zone: zone.unwrap_or_default() });
    }

    /// The answer came.
    fn answer(
        &mut self,
        name: &str,
        at: Option<i64>,
        line: &str,
        place: &Place,
        receiver: &mut Receiver<'_>,
    ) {
        let thread = self.threads.entry(name.to_owned()).or_default();
        // The answer to a refused call is told twice.
        let Some(Sent { mut exchange, place: sent_at, zone }) = thread.sent.take() else { return };
        exchange.end = at.and_then(|at| u64::try_from(at - zone).ok());
        let Some(body) = literal::read(line) else {
            let why = "an answer that can't be read".to_owned();
            receiver(Err(Unreadable { place: place.clone(), why }));
            receiver(Ok(self.accounts.told(exchange).event(sent_at)));
            return;
        };
        exchange.answer = body.as_str().map(str::to_owned);
        receiver(Ok(self.accounts.told(exchange).event(sent_at)));
    }

    /// No answer came to the call that waits for one.
    fn lose(&mut self, name: &str, why: &str, receiver: &mut Receiver<'_>) {
        let Some(thread) = self.threads.get_mut(name) else { return };
        let Some(Sent { exchange, place, .. }) = thread.sent.take() else { return };
        let exchange = Exchange { lost: Some(why.to_owned()), ..exchange };
        receiver(Ok(self.accounts.told(exchange).event(place)));
    }

    fn waiting(&mut self, name: &str, change: impl FnOnce(&mut Exchange)) {
        let thread = self.threads.get_mut(name).and_then(|thread| thread.sent.as_mut());
        if let Some(sent) = thread {
            change(&mut sent.exchange);
        }
    }

    /// The log ends: what still waits has no answer in it.
    fn end(&mut self, receiver: &mut Receiver<'_>) {
        let names: Vec<String> = self.threads.keys().cloned().collect();
        for name in names {
            self.lose(&name, "the log ends before its answer", receiver);
        }
    }
}

/// What a line says.
#[derive(Copy, Clone)]
enum Kind {
    Made,
    Sent,
    Status,
    Headers,
    Answer,
    Failed,
}

fn kind_of(line: &str) -> Option<(Kind, &str)> {
    let behind = |marker: &str| line.split_once(marker).map(|(_, rest)| rest);
    let kinds = [
        (Kind::Made, behind(MAKING)),
        (Kind::Sent, behind(SENDING)),
        (Kind::Status, behind(STATUS).filter(|_| line.contains("connectionpool"))),
        (Kind::Headers, behind(ANSWER_HEADERS)),
        (Kind::Answer, behind(ANSWER)),
        (Kind::Failed, behind(FAILED)),
    ];
    kinds.into_iter().find_map(|(kind, rest)| Some((kind, rest?)))
}

/// The thread that a line of the CLI's log names: `TIME - THREAD - LOGGER - LEVEL - MESSAGE`.
fn thread_of(line: &str) -> String {
    let mut parts = line.splitn(5, " - ");
    let (Some(_), Some(thread), Some(logger), Some(_), Some(_)) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return String::new();
    };
    let is_logger = logger.starts_with("botocore") || logger.starts_with("urllib3");
    if is_logger { thread.to_owned() } else { String::new() }
}

/// The request of a call that is begun.
fn made(rest: &str) -> Option<Exchange> {
    let (_operation, parameters) = rest.split_once(PARAMETERS)?;
    let parameters = literal::read(parameters)?;
    let said = |name: &str| parameters.get(name).and_then(Value::as_str);
    let body = match parameters.get("body") {
        Some(Value::Object(members)) => Some(form(members)?),
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) | None => None,
    };
    let query = match parameters.get("query_string") {
        Some(Value::Object(members)) => form(members)?,
        Some(Value::String(text)) => text.clone(),
        Some(_) | None => String::new(),
    };
    Some(Exchange {
        method: said("method")?.to_owned(),
        path: said("url_path")?.to_owned(),
        query,
        target: header(parameters.get("headers")?, "x-amz-target"),
        request: body,
        ..Exchange::default()
    })
}

/// The members of a form as a form; `None` if one is no text.
fn form(members: &serde_json::Map<String, Value>) -> Option<String> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in members {
        match value {
            Value::String(text) => form.append_pair(name, text),
            Value::Number(number) => form.append_pair(name, &number.to_string()),
            Value::Bool(flag) => form.append_pair(name, &flag.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
    }
    Some(form.finish())
}

/// The value of the header of this name.
fn header(headers: &Value, name: &str) -> Option<String> {
    let mut headers = headers.as_object()?.iter();
    let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    value.as_str().map(str::to_owned)
}

/// The time that a line begins with, on the clock of whoever wrote it.
fn local_time(line: &str) -> Option<i64> {
    let date: String = line.chars().take("2026-01-31 12:00:00,000".len()).collect();
    let date = date.replace(',', ".");
    let local = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S.%f", date).ok()?;
    Some(jiff::tz::Offset::UTC.to_timestamp(local).ok()?.as_microsecond())
}

/// What a clock is ahead of UTC, in whole quarters of an hour, by a moment on both.
fn zone(local: i64, utc: Micros) -> i64 {
    const QUARTER: i64 = 15 * 60 * 1_000_000;
    let utc = i64::try_from(utc).unwrap_or(i64::MAX);
    local.saturating_sub(utc).saturating_add(QUARTER / 2).div_euclid(QUARTER) * QUARTER
}
