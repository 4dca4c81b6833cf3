//! Route 53 Profiles, served from the model.
//!
//! Names are answered and decide nothing.

mod profiles;

use bellwether_model::Account;
use bytes::Bytes;
use http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::State;
use super::dns::{Request, Serve};
use super::json::{self, Failure, Protocol};

/// Answers a request to Route 53 Profiles.
pub fn serve(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Response<Bytes> {
    json::answer(Protocol::Rest, outcome(state, caller, request))
}

fn outcome(
    state: &mut State,
    caller: Account,
    request: &http::Request<Bytes>,
) -> Result<Value, Failure> {
    let Some((serve, in_path)) = operation(request.method(), request.uri().path()) else {
        let unknown = Failure::new("UnknownOperationException", "");
        return Err(unknown.with_status(StatusCode::NOT_FOUND));
    };
    let input =
        if in_path.is_null() { Value::Object(json::object(request.body())?) } else { in_path };
    serve(&mut Request { state, caller, input })
}

/// The operation of a method and a path, with the members that the path holds, if the body
/// does not hold them.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53_Profiles.html>
fn operation(method: &Method, path: &str) -> Option<(Serve, Value)> {
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let found: (Serve, Value) = match (method.as_str(), path.as_slice()) {
        ("POST", ["profile"]) => (profiles::create, Value::Null),
        ("GET", ["profiles"]) => (profiles::list, json!({})),
        ("GET", ["profile", id]) => (profiles::get, json!({ "ProfileId": id })),
        ("DELETE", ["profile", id]) => (profiles::delete, json!({ "ProfileId": id })),
        ("POST", ["profileassociation"]) => (profiles::associate, Value::Null),
        ("GET", ["profileassociations"]) => (profiles::list_associations, json!({})),
        ("DELETE", ["profileassociation", "Profileid", id, "resourceid", vpc]) => {
            (profiles::disassociate, json!({ "ProfileId": id, "ResourceId": vpc }))
        }
        _ => return None,
    };
    Some(found)
}
