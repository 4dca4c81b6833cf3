//! Organizations.

use bellwether_model::Account;
use bytes::Bytes;
use http::{Request, Response};

use super::State;
use super::json::{self, Failure, Protocol};

/// The operation that a request to Organizations names.
#[must_use]
pub fn target(request: &Request<Bytes>) -> Option<&str> {
    let target = request.headers().get("x-amz-target")?.to_str().ok()?;
    target.strip_prefix("AWSOrganizationsV20161128.")
}

/// Answers a request to Organizations.
pub fn serve(_state: &mut State, _account: Account, _request: &Request<Bytes>) -> Response<Bytes> {
    let failure = Failure::new("UnknownOperationException", "");
    json::answer(Protocol::Rpc, Err(failure))
}
