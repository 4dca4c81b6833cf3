//! Classification of everything that comes in place of a reply: a refusal, an operation that the
//! target does not have, or a transient fault of some cause.

use std::error::Error;
use std::io::ErrorKind;

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use bellwether_model::judge::{Cause, Indeterminate, Observation, Phase};
use smol_str::SmolStr;

use super::page;

/// Codes that say that the target was too busy, so that it did nothing.
///
/// <https://docs.aws.amazon.com/ram/latest/APIReference/CommonErrors.html>,
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>
const THROTTLED: [&str; 8] = [
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "TooManyRequestsException",
];

/// Codes that say that the target failed, whatever was called; from the same pages.
const FAILED: [&str; 6] = [
    "InternalError",
    "InternalFailure",
    "ServerInternalException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "Unavailable",
];

/// Codes that say that the target does not know the operation.
const UNIMPLEMENTED: [&str; 7] = [
    "InvalidAction",
    "NotImplemented",
    "NotImplementedException",
    "UnknownOperation",
    "UnknownOperationException",
    "UnsupportedOperation",
    "UnsupportedOperationException",
];

/// The observation for a call that got no reply.
pub fn unanswered<E>(error: &SdkError<E, Response>) -> Observation
where
    E: ProvideErrorMetadata + Error + 'static,
{
    if matches!(error, SdkError::ConstructionFailure(_)) {
        return Observation::Unsendable(chain(error));
    }
    let Some(response) = error.raw_response() else {
        return fault(cause_without_a_response(error), chain(error));
    };
    let status = response.status().as_u16();
    let body = response.body().bytes().unwrap_or_default();
    let start: String = String::from_utf8_lossy(body).trim_start().chars().take(80).collect();
    let metadata = error.as_service_error().map(ProvideErrorMetadata::meta);
    let code = metadata.and_then(|it| it.code()).unwrap_or_default();
    let message = metadata.and_then(|it| it.message()).unwrap_or_default();
    if page::is_page(body) && (status == 404 || status == 405 || status == 501) {
        return Observation::Unimplemented(format!("HTTP {status} with an HTML page"));
    }
    if UNIMPLEMENTED.contains(&code) || status == 501 {
        return Observation::Unimplemented(format!("HTTP {status} {code}: {message}"));
    }
    if let Some(cause) = cause_of_status(status, code) {
        let parts = [code, start.as_str()].map(str::to_owned);
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        return fault(cause, format!("HTTP {status} {}", parts.join(" ")));
    }
    if io_error(error).is_some() {
        let detail = format!("HTTP {status}, and the connection broke: {}", chain(error));
        return fault(Cause::ConnectionLost, detail);
    }
    if response.status().is_success() {
        let start = if start.is_empty() { "nothing" } else { &start };
        let place = root(error);
        let detail = format!("HTTP {status} with a body that can't be read: {start} ({place})");
        let cause = if page::is_page(body) { Cause::Foreign } else { Cause::Unreadable };
        return fault(cause, detail);
    }
    if code.is_empty() {
        let detail = format!("HTTP {status} without an error code: {start}");
        return fault(Cause::Foreign, detail);
    }
    Observation::Refused { code: SmolStr::new(code), message: message.to_owned() }
}

/// The transient fault that a status and an error code say, if they say one.
fn cause_of_status(status: u16, code: &str) -> Option<Cause> {
    if status == 429 || THROTTLED.contains(&code) {
        Some(Cause::Throttled)
    } else if status >= 500 || FAILED.contains(&code) {
        Some(Cause::ServerError)
    } else {
        None
    }
}

/// The transient fault that kept a response from coming.
fn cause_without_a_response<E: Error + 'static>(error: &SdkError<E, Response>) -> Cause {
    let timed_out = matches!(error, SdkError::TimeoutError(_))
        || matches!(error, SdkError::DispatchFailure(failure) if failure.is_timeout());
    let unanswered = [ErrorKind::ConnectionRefused, ErrorKind::TimedOut];
    if timed_out || io_error(error).is_some_and(|kind| unanswered.contains(&kind)) {
        Cause::NoResponse
    } else {
        Cause::ConnectionLost
    }
}

/// Whether nobody listened at the endpoint.
pub(super) fn is_refused_connection<E: Error + 'static>(error: &SdkError<E, Response>) -> bool {
    io_error(error) == Some(ErrorKind::ConnectionRefused)
}

/// The kind of the first error of input or output in the chain of causes.
fn io_error(error: &(dyn Error + 'static)) -> Option<ErrorKind> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<std::io::Error>() {
            return Some(error.kind());
        }
        cause = error.source();
    }
    None
}

/// A transient fault that the call itself met.
fn fault(cause: Cause, detail: String) -> Observation {
    Observation::Indeterminate(Indeterminate { cause, phase: Phase::Call, detail })
}

/// Returns the observation of a call from the failure of a request of its setup: a transient fault
/// is then one of the setup.
pub(super) fn as_setup_failure(doing: &str, came: Observation) -> Observation {
    match came {
        Observation::Indeterminate(Indeterminate { cause, phase: _, detail }) => {
            let detail = format!("{doing}: {detail}");
            Observation::Indeterminate(Indeterminate { cause, phase: Phase::Setup, detail })
        }
        other @ (Observation::Granted(_)
        | Observation::Refused { .. }
        | Observation::Malformed(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_)) => other,
    }
}

/// An error with all its causes, on one line.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// The first cause of an error: of a body that can't be read, it names the place.
fn root(error: &(dyn Error + 'static)) -> String {
    let mut root = error;
    while let Some(cause) = root.source() {
        root = cause;
    }
    root.to_string()
}

#[cfg(test)]
mod tests {
    use aws_sdk_ram::operation::get_resource_shares::GetResourceSharesError;
    use aws_smithy_runtime_api::client::result::ConnectorError;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;

    type Failure = SdkError<GetResourceSharesError, Response>;

    fn response(status: u16, body: &'static str) -> Response {
        Response::new(status.try_into().unwrap(), SdkBody::from(body))
    }

    /// The cause of a response with this status, error code and body.
    fn answered(status: u16, code: &str, body: &'static str) -> Option<Cause> {
        let meta = ErrorMetadata::builder();
        let meta = if code.is_empty() { meta } else { meta.code(code) };
        let error = GetResourceSharesError::generic(meta.build());
        cause(&SdkError::service_error(error, response(status, body)))
    }

    fn cause(error: &Failure) -> Option<Cause> {
        let Observation::Indeterminate(fault) = unanswered(error) else { return None };
        assert_eq!(fault.phase, Phase::Call);
        Some(fault.cause)
    }

    fn io(kind: ErrorKind) -> Box<dyn Error + Send + Sync> {
        std::io::Error::from(kind).into()
    }

    #[test]
    fn the_text_of_a_body_decides_nothing() {
        for body in ["429", "Throttling", "connection refused", "timed out", "HTTP 200", "x"] {
            assert_eq!(answered(500, "", body), Some(Cause::ServerError), "{body}");
            assert_eq!(answered(503, "InternalError", body), Some(Cause::ServerError), "{body}");
            assert_eq!(answered(429, "", body), Some(Cause::Throttled), "{body}");
            assert_eq!(answered(200, "", body), Some(Cause::Unreadable), "{body}");
            assert_eq!(answered(400, "", body), Some(Cause::Foreign), "{body}");
            assert_eq!(answered(400, "InvalidParameterException", body), None, "{body}");
        }
    }

    #[test]
    fn a_code_of_throttling_is_throttling_whatever_the_status() {
        for code in THROTTLED {
            assert_eq!(answered(400, code, ""), Some(Cause::Throttled), "{code}");
            assert_eq!(answered(503, code, ""), Some(Cause::Throttled), "{code}");
        }
        assert_eq!(answered(400, "ThrottlingOfSomethingElse", ""), None);
    }

    #[test]
    fn the_kind_of_the_error_tells_no_response_from_a_lost_connection() {
        let timed_out: Failure = SdkError::timeout_error("no text says so");
        assert_eq!(cause(&timed_out), Some(Cause::NoResponse));
        for (error, expected) in [
            (ConnectorError::timeout("a timer".into()), Cause::NoResponse),
            (ConnectorError::io(io(ErrorKind::ConnectionRefused)), Cause::NoResponse),
            (ConnectorError::io(io(ErrorKind::TimedOut)), Cause::NoResponse),
            (ConnectorError::io(io(ErrorKind::ConnectionReset)), Cause::ConnectionLost),
            (ConnectorError::io("the stream was refused".into()), Cause::ConnectionLost),
            (ConnectorError::other("timed out, says a text".into(), None), Cause::ConnectionLost),
        ] {
            let shown = format!("{error:?}");
            assert_eq!(cause(&SdkError::dispatch_failure(error)), Some(expected), "{shown}");
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_a_lost_connection() {
        let broken = io(ErrorKind::UnexpectedEof);
        let error: Failure = SdkError::response_error(broken, response(200, ""));
        assert_eq!(cause(&error), Some(Cause::ConnectionLost));
        let garbage: Failure = SdkError::response_error("no JSON", response(200, "{"));
        assert_eq!(cause(&garbage), Some(Cause::Unreadable));
        let page: Failure = SdkError::response_error("no JSON", response(200, "<html>"));
        assert_eq!(cause(&page), Some(Cause::Foreign));
    }

    #[test]
    fn a_fault_before_the_call_keeps_its_cause() {
        let came = as_setup_failure("making net", fault(Cause::Throttled, "HTTP 429".to_owned()));
        let Observation::Indeterminate(fault) = came else { panic!("{came:?}") };
        assert_eq!((fault.cause, fault.phase), (Cause::Throttled, Phase::Setup));
        assert_eq!(fault.detail, "making net: HTTP 429");
        let refused = Observation::Refused { code: "X".into(), message: String::new() };
        assert_eq!(as_setup_failure("making net", refused.clone()), refused);
    }
}
