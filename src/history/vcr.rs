//! Cassettes: the YAML files in which vcrpy, go-vcr and VCR for Ruby keep what a test said to a server and heard.
//!
//! <https://vcrpy.readthedocs.io/en/latest/usage.html>, <https://github.com/dnaeon/go-vcr>,
//! <https://benoittgt.github.io/vcr/>
//!
//! A cassette has no time but the one that the request was signed at, to the second. Interactions that were
//! recorded at once stand in it one after the other, so that of those of one second no order is taken for known.

use std::cell::RefCell;
use std::io::{self, BufRead as _};
use std::path::Path;

use saphyr_parser::{Event as Part, Parser, ScalarStyle, ScanError, Span as Lines, Tag};
use serde_json::{Map, Value};

use super::exchange::{Accounts, Scope};
use super::{Exchange, Format, Micros, Opened, Receiver, Unreadable};

/// See [`Format`].
pub static FORMAT: Format = Format {
    name: "vcr",
    lacks: "the account, unless the access key id is one or STS says it, and the order within a second",
    is_in_order: false,
    recognizes,
    read,
};

/// The members that hold the interactions: of vcrpy and go-vcr, and of VCR.
const INTERACTIONS: [&str; 2] = ["interactions", "http_interactions"];

/// The most levels of a value in a cassette.
const LEVELS_MAX: usize = 64;

/// The time that a request may have been made in: it is signed to the second.
const SECOND: Micros = 1_000_000;

fn recognizes(_path: &Path, start: &str) -> bool {
    let is_named = |member: &&str| {
        let (bare, quoted) = (format!("{member}:"), format!("\"{member}\":"));
        start.contains(&quoted) || start.lines().any(|line| line.starts_with(&bare))
    };
    INTERACTIONS.iter().any(is_named)
}

fn read(opened: &Opened, receiver: &mut Receiver<'_>) -> io::Result<()> {
    let failed = RefCell::new(None);
    let lines = opened.content()?.split(b'\n').map_while(|line| match line {
        Ok(line) => Some(line),
        Err(error) => {
            *failed.borrow_mut() = Some(error);
            None
        }
    });
    let letters = lines.flat_map(|line| {
        let mut letters: Vec<char> = String::from_utf8_lossy(&line).chars().collect();
        letters.push('\n');
        letters
    });
    let parser = Parser::new_from_iter(letters);
    let mut accounts = Accounts::default();
    let mut parts = Parts { parser };
    let read = parts.interactions(&mut |line, interaction| {
        let place = opened.place(line);
        receiver(if let Some(exchange) = exchange(&interaction) {
            Ok(accounts.told(exchange).event(place))
        } else {
            let why = "an interaction without a request, its method or its URL".to_owned();
            Err(Unreadable { place, why })
        });
    });
    if let Err(error) = read {
        let why = format!("the YAML can't be read from here on: {}", error.info());
        receiver(Err(Unreadable { place: opened.place(error.marker().line()), why }));
    }
    failed.into_inner().map_or(Ok(()), Err)
}

/// The parts of a YAML file, in the order in which they stand in it.
struct Parts<P> {
    parser: P,
}

impl<'i, P: Iterator<Item = Result<(Part<'i>, Lines), ScanError>>> Parts<P> {
    /// Hands on the interactions of a cassette, each with its line.
    fn interactions(&mut self, each: &mut dyn FnMut(usize, Value)) -> Result<(), ScanError> {
        // The members of the cassette are those of the outermost mapping.
        while let Some((part, _)) = self.next()? {
            if let Part::MappingStart(..) = part {
                while let Some((part, _)) = self.next()? {
                    let Part::Scalar(name, ..) = part else { break };
                    let Some((part, lines)) = self.next()? else { break };
                    let is_list = matches!(part, Part::SequenceStart(..));
                    if is_list && INTERACTIONS.contains(&&*name) {
                        self.items(each)?;
                    } else {
                        let _skipped = self.value(part, lines, 0)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn items(&mut self, each: &mut dyn FnMut(usize, Value)) -> Result<(), ScanError> {
        let mut last: Option<(usize, Value)> = None;
        while let Some((part, lines)) = self.next()? {
            let is_last = part == Part::SequenceEnd;
            // YAML that is cut reads like YAML that ends.
            match last.take() {
                Some((_, item)) if is_last && !is_whole(&item) => {
                    return Err(ScanError::new_str(lines.start, "the last interaction is cut"));
                }
                Some((line, item)) => each(line, item),
                None => {}
            }
            if is_last {
                break;
            }
            let line = lines.start.line();
            last = Some((line, self.value(part, lines, 0)?));
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<(Part<'i>, Lines)>, ScanError> {
        self.parser.next().transpose()
    }

    /// The value that begins with this part; scalars are texts, or null.
    fn value(&mut self, part: Part<'i>, lines: Lines, level: usize) -> Result<Value, ScanError> {
        if level > LEVELS_MAX {
            return Err(ScanError::new_str(lines.start, "it is nested too deeply"));
        }
        Ok(match part {
            Part::Scalar(text, style, _, tag) => {
                scalar(&text, style == ScalarStyle::Plain, tag.as_deref())
            }
            Part::SequenceStart(..) => {
                let mut items = Vec::new();
                while let Some((part, lines)) = self.next()? {
                    if part == Part::SequenceEnd {
                        break;
                    }
                    items.push(self.value(part, lines, level + 1)?);
                }
                Value::Array(items)
            }
            Part::MappingStart(..) => {
                let mut members = Map::new();
                while let Some((part, lines)) = self.next()? {
                    if part == Part::MappingEnd {
                        break;
                    }
                    let name = self.value(part, lines, level + 1)?;
                    let Some((part, lines)) = self.next()? else { break };
                    let value = self.value(part, lines, level + 1)?;
                    if let Value::String(name) = name {
                        members.insert(name, value);
                    }
                }
                Value::Object(members)
            }
            // No recorder writes aliases for what is read here.
            Part::Nothing
            | Part::StreamStart
            | Part::StreamEnd
            | Part::DocumentStart(_)
            | Part::DocumentEnd
            | Part::SequenceEnd
            | Part::MappingEnd
            | Part::Alias(_) => Value::Null,
        })
    }
}

/// Whether something stands behind the body of the answer, so that this is not cut.
fn is_whole(interaction: &Value) -> bool {
    let last_of = |members: &Value| members.as_object()?.keys().next_back().cloned();
    let answer = interaction.get("response");
    last_of(interaction).is_some_and(|last| last != "response" && last != "request")
        || answer.and_then(last_of).is_some_and(|last| last != "body")
}

/// A scalar as text. Bytes that are no text are not known.
fn scalar(text: &str, is_plain: bool, tag: Option<&Tag>) -> Value {
    if tag.is_some_and(|tag| tag.suffix == "binary") {
        return decoded(text);
    }
    match text {
        "" | "~" | "null" if is_plain => Value::Null,
        text => Value::String(text.to_owned()),
    }
}

/// The text that is written in base64; null if it is none.
fn decoded(encoded: &str) -> Value {
    let encoded: String = encoded.split_whitespace().collect();
    let bytes = aws_smithy_types::base64::decode(encoded).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or(Value::Null, Value::String)
}

fn exchange(interaction: &Value) -> Option<Exchange> {
    let request = interaction.get("request")?;
    let response = interaction.get("response").unwrap_or(&Value::Null);
    let said = |name: &str| request.get(name).and_then(Value::as_str);
    let uri: http::Uri = said("uri").or_else(|| said("url"))?.parse().ok()?;
    let query = uri.query().unwrap_or_default();
    let header = |name: &str| header(request, name);
    let scope = header("authorization").as_deref().and_then(Scope::of_header);
    let scope = scope.or_else(|| Scope::of_query(query));
    let begin = header("x-amz-date").as_deref().and_then(signed_at);
    let status = status(response);
    Some(Exchange {
        begin,
        end: begin.map(|begin| begin + SECOND),
        account: scope.as_ref().and_then(Scope::account).map(str::to_owned),
        region: scope.as_ref().map(|it| it.region.clone()),
        service: scope.as_ref().map(|it| it.service.clone()),
        key: scope.map(|it| it.key),
        method: said("method")?.to_ascii_uppercase(),
        path: uri.path().to_owned(),
        query: query.to_owned(),
        target: header("x-amz-target"),
        request: body(request),
        status,
        error: self::header(response, "x-amzn-errortype"),
        answer: body(response),
        lost: status.is_none().then(|| "no answer was recorded".to_owned()),
        ..Exchange::default()
    })
}

/// The body of a request or an answer: a text, or an object with the text in one of its members.
fn body(said: &Value) -> Option<String> {
    let body = said.get("body")?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    if let Some(encoded) = text("base64_string") {
        return decoded(encoded).as_str().map(str::to_owned);
    }
    body.as_str().or_else(|| text("string")).map(str::to_owned)
}

/// The status of an answer: a number, a line, or an object with the number in it.
fn status(response: &Value) -> Option<u16> {
    let status = response.get("status");
    let codes = [response.get("code"), response.pointer("/status/code"), status];
    let mut codes = codes.into_iter().flatten().filter_map(Value::as_str);
    codes
        .find_map(|code| code.split(' ').next()?.parse().ok())
        .filter(|code| (100..600).contains(code))
}

/// The first value of the header of this name.
fn header(said: &Value, name: &str) -> Option<String> {
    let mut headers = said.get("headers")?.as_object()?.iter();
    let (_, value) = headers.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    value.as_str().or_else(|| value.get(0)?.as_str()).map(str::to_owned)
}

/// The moment of a header `X-Amz-Date`, such as `20260131T120000Z`.
pub(super) fn signed_at(date: &str) -> Option<Micros> {
    let moment = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", date).ok()?;
    let moment = jiff::tz::Offset::UTC.to_timestamp(moment).ok()?;
    u64::try_from(moment.as_microsecond()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_signature_is_read() {
        assert_eq!(signed_at("19700101T000102Z"), Some(62_000_000));
        assert_eq!(signed_at("yesterday"), None);
    }

    #[test]
    fn statuses_are_read_as_each_recorder_writes_them() {
        use serde_json::json;

        assert_eq!(status(&json!({ "status": { "code": "200", "message": "OK" } })), Some(200));
        assert_eq!(status(&json!({ "status": "404 Not Found", "code": "404" })), Some(404));
        assert_eq!(status(&json!({ "status": "403 Forbidden" })), Some(403));
        assert_eq!(status(&json!({})), None);
    }
}
