//! The JSON protocols: RAM's REST form and the RPC form of Organizations.

use bellwether_model::Account;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::State;

use super::members::{self, Reads};

/// A service that speaks JSON, by the content type of its answers.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// A path per operation: RAM.
    Rest,
    /// A target per operation: Organizations.
    Rpc,
}

/// An error that a service answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// The error code.
    pub code: &'static str,
    /// The message.
    pub message: String,
}

impl Failure {
    /// A failure that is the caller's: status 400.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    /// The failure with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// The operation that a request names in the RPC form, behind the service's own prefix.
#[must_use]
pub fn target<'r>(request: &'r Request<Bytes>, prefix: &str) -> Option<&'r str> {
    request.headers().get("x-amz-target")?.to_str().ok()?.strip_prefix(prefix)
}

/// The operation of this name in a service's list, and the members of a request in the RPC form.
///
/// # Errors
///
/// The service has no such operation, the body is no JSON object, or it says something that is not read.
pub fn requested<S: Copy>(
    operations: &[(&str, S)],
    reads: &Reads,
    named: Option<&str>,
    request: &Request<Bytes>,
) -> Result<(S, Value), Failure> {
    let found = operations.iter().find(|(name, _)| Some(*name) == named);
    let (name, serve) = found.ok_or_else(|| {
        let named = named.unwrap_or_default();
        let message = format!("The reference does not have the operation {named}.");
        Failure::new("UnknownOperationException", message)
    })?;
    let input = Value::Object(object(request.body())?);
    reads.require_read(name, members::of_json(&input))?;
    Ok((*serve, input))
}

/// The members of a JSON object.
///
/// # Errors
///
/// The body is no JSON object.
pub fn object(body: &[u8]) -> Result<Map<String, Value>, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        unreadable(format!("The body is not a JSON object: it can not be read at {place}."))
    })
}

/// A text among the members of a request; `None` if it is missing or empty.
///
/// # Errors
///
/// The member is something else.
pub fn text<'i>(input: &'i Value, key: &str) -> Result<Option<&'i str>, Failure> {
    match &input[key] {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Err(unreadable(format!("{key} is not a string.")))
        }
    }
}

/// The failure of a request that does not read as its operation says.
pub fn unreadable(message: impl Into<String>) -> Failure {
    Failure::new("SerializationException", message)
}

/// An operation of a service that is asked in the RPC form: what it answers to an account.
pub type Serve = fn(&mut State, Account, &Value) -> Result<Value, Failure>;

/// Answers a request in the RPC form by the operations of a service.
pub fn serve(
    state: &mut State,
    account: Account,
    operations: &[(&str, Serve)],
    reads: &Reads,
    named: Option<&str>,
    request: &Request<Bytes>,
) -> Response<Bytes> {
    let outcome = requested(operations, reads, named, request);
    answer(Protocol::Rpc, outcome.and_then(|(serve, input)| serve(state, account, &input)))
}

/// The answer of a granted call, or the error.
#[must_use]
pub fn answer(protocol: Protocol, outcome: Result<Value, Failure>) -> Response<Bytes> {
    match outcome {
        Ok(body) => respond(protocol, StatusCode::OK, &body),
        Err(failure) => error(protocol, failure),
    }
}

/// An error: the code is in the header of the REST form and in the body of the RPC form.
#[expect(clippy::needless_pass_by_value, reason = "a failure ends where it is answered")]
fn error(protocol: Protocol, failure: Failure) -> Response<Bytes> {
    let (code, message) = (failure.code, failure.message.as_str());
    match protocol {
        Protocol::Rest => {
            let mut response = respond(protocol, failure.status, &json!({ "message": message }));
            let header = HeaderName::from_static("x-amzn-errortype");
            let headers = response.headers_mut();
            headers.insert(header, HeaderValue::from_static(code));
            response
        }
        Protocol::Rpc => {
            let body = json!({ "__type": code, "Message": message });
            respond(protocol, failure.status, &body)
        }
    }
}

fn respond(protocol: Protocol, status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let content_type = match protocol {
        Protocol::Rest => "application/json",
        Protocol::Rpc => "application/x-amz-json-1.1",
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
