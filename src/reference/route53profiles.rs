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
use super::members::{self, ROUTE_53_PROFILES};
use super::pages::Pages;
use super::query;

/// The pages of the lists.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_ListProfiles.html>
static PAGES: Pages = Pages {
    reads: &ROUTE_53_PROFILES,
    size: "maxResults",
    token: "nextToken",
    usual: 100,
    wrong_size: "InvalidParameterException",
    wrong_token: "InvalidNextTokenException",
};

/// The operation that a request to Route 53 Profiles calls.
pub(super) fn called(request: &http::Request<Bytes>) -> Option<&'static str> {
    operation(request.method(), request.uri().path()).map(|(name, ..)| name)
}

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
    let Some((name, serve, in_path)) = operation(request.method(), request.uri().path()) else {
        let unknown = Failure::new("UnknownOperationException", "");
        return Err(unknown.with_status(StatusCode::NOT_FOUND));
    };
    let mut input =
        if in_path.is_null() { Value::Object(json::object(request.body())?) } else { in_path };
    if let Some(members) = input.as_object_mut() {
        let asked = query::form(request.uri().query().unwrap_or_default().as_bytes());
        members.extend(asked.into_iter().map(|(key, value)| (key, Value::String(value))));
    }
    ROUTE_53_PROFILES.require_read(name, members::of_json(&input))?;
    serve(&mut Request { state, caller, input })
}

/// The name of the operation of a method and a path, and the operation, with the members that the path holds, if the body
/// does not hold them.
///
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53_Profiles.html>
fn operation(method: &Method, path: &str) -> Option<(&'static str, Serve, Value)> {
    let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let found: (&'static str, Serve, Value) = match (method.as_str(), path.as_slice()) {
        ("POST", ["profile"]) => ("CreateProfile", profiles::create, Value::Null),
        ("GET", ["profiles"]) => ("ListProfiles", profiles::list, json!({})),
        ("GET", ["profile", id]) => ("GetProfile", profiles::get, json!({ "ProfileId": id })),
        ("DELETE", ["profile", id]) => {
            ("DeleteProfile", profiles::delete, json!({ "ProfileId": id }))
        }
        ("POST", ["profileassociation"]) => ("AssociateProfile", profiles::associate, Value::Null),
        ("GET", ["profileassociations"]) => {
            ("ListProfileAssociations", profiles::list_associations, json!({}))
        }
        ("DELETE", ["profileassociation", "Profileid", id, "resourceid", vpc]) => {
            let named = json!({ "ProfileId": id, "ResourceId": vpc });
            ("DisassociateProfile", profiles::disassociate, named)
        }
        _ => return None,
    };
    Some(found)
}
