//! The flaws that a request may have whatever it asks: they are found before a service reads it.
//!
//! AWS documents `InvalidCharacter`, `MalformedQueryString` and the codes of the JSON services. No source
//! says how it answers the others; the words for them are of this target.

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{Method, Request, StatusCode};
use quick_xml::escape::unescape;

use super::characters::{are_carried, are_carried_in};
use super::query;

/// A flaw of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The body is longer than any that is taken.
    TooLarge,
    /// The body ended before its end.
    BrokenOff,
    /// The body did not arrive in time.
    TooSlow,
    /// The body is in an encoding that is not undone.
    Encoded,
    /// The method is none of those that the service takes.
    Method,
    /// A text has a character that no answer can carry.
    Character,
}

impl Flaw {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::BrokenOff | Self::Character => StatusCode::BAD_REQUEST,
        }
    }

    /// The message of the answer.
    pub(super) fn message(&self) -> &'static str {
        match self {
            Self::TooLarge => "The body of the request is too large: at most 4 MiB are taken.",
            Self::BrokenOff => "The body of the request broke off before its end.",
            Self::TooSlow => "The body of the request did not arrive in time.",
            Self::Encoded => {
                "The reference does not undo a Content-Encoding: send the body as it is."
            }
            Self::Method => "The service does not take this HTTP method.",
            Self::Character => "The request has a control character that no answer can carry.",
        }
    }
}

/// The flaw of a request in the query protocol: a form in the body or the query string.
pub(super) fn of_query(request: &Request<Bytes>, parameters: &[(String, String)]) -> Option<Flaw> {
    if ![Method::GET, Method::POST].contains(request.method()) {
        return Some(Flaw::Method);
    }
    let carried = |(name, value): &(String, String)| are_carried(name) && are_carried(value);
    encoding(request).or_else(|| (!parameters.iter().all(carried)).then_some(Flaw::Character))
}

/// The flaw of a request with a body of JSON.
pub(super) fn of_json(request: &Request<Bytes>) -> Option<Flaw> {
    // JSON has control characters as escapes alone, and what can't be read has other faults.
    let text = std::str::from_utf8(request.body()).unwrap_or_default();
    let carried = !text.contains("\\u") && are_carried(text)
        || serde_json::from_str(text).map_or(true, |value| are_carried_in(&value));
    encoding(request)
        .or_else(|| in_query(request))
        .or_else(|| (!carried).then_some(Flaw::Character))
}

/// The flaw of a request with a body of XML.
pub(super) fn of_xml(request: &Request<Bytes>) -> Option<Flaw> {
    let text = std::str::from_utf8(request.body()).unwrap_or_default();
    let carried = are_carried(text) && unescape(text).map_or(true, |text| are_carried(&text));
    encoding(request)
        .or_else(|| in_query(request))
        .or_else(|| (!carried).then_some(Flaw::Character))
}

fn encoding(request: &Request<Bytes>) -> Option<Flaw> {
    let plain = |encoding: &http::HeaderValue| {
        encoding.is_empty() || encoding.as_bytes().eq_ignore_ascii_case(b"identity")
    };
    let all = request.headers().get_all(CONTENT_ENCODING);
    (!all.iter().all(plain)).then_some(Flaw::Encoded)
}

fn in_query(request: &Request<Bytes>) -> Option<Flaw> {
    let parameters = query::form(request.uri().query().unwrap_or_default().as_bytes());
    let carried = |(name, value): &(String, String)| are_carried(name) && are_carried(value);
    (!parameters.iter().all(carried)).then_some(Flaw::Character)
}

#[cfg(test)]
mod tests;
