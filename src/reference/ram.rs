//! RAM.

use bellwether_model::Account;
use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::State;
use super::json::{self, Failure, Protocol};

/// Whether RAM has an operation at this path.
#[must_use]
pub fn is_path(path: &str) -> bool {
    path.ends_with("resourceshare")
}

/// Answers a request to RAM.
pub fn serve(_state: &mut State, _account: Account, _request: &Request<Bytes>) -> Response<Bytes> {
    let failure = Failure::new("UnknownOperationException", "");
    json::answer(
        Protocol::Rest,
        Err(failure.with_status(StatusCode::NOT_FOUND)),
    )
}
