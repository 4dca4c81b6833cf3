//! The router: finds the service and the caller of a request, and answers what no service does.

use bellwether_model::Account;
use bellwether_model::time::DAY;
use bellwether_model::world::Seconds;
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::accounts::{self, Scope};
use super::faults::{Arrives, FaultKind, garbage};
use super::json::{self, Failure, Protocol};
use super::mutants::{Canned, Mutation};
use super::{
    State, ec2, licensemanager, organizations, query, ram, refusals, route53, route53profiles,
    route53resolver, sts,
};

/// The services behind the router.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Service {
    Ec2,
    LicenseManager,
    Organizations,
    Ram,
    Route53,
    Route53Profiles,
    Route53Resolver,
    Sts,
}

/// The most that passes at once: a hundred years.
const PASSING_MAX: Seconds = 100 * 365 * DAY;

/// The region of a request that does not say which it calls.
const REGION: &str = "us-east-1";

/// Answers a request.
pub fn route(state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
    let scope = Scope::of(request.headers());
    let caller = scope.and_then(|scope| accounts::account_of(scope.key));
    state.begin(caller, scope.map_or(REGION, |scope| scope.region));
    let mut response = own_answer(state, request).unwrap_or_else(|| serve(state, request, scope));
    if let Ok(id) = HeaderValue::from_str(&state.request_id) {
        let header = HeaderName::from_static("x-amzn-requestid");
        response.headers_mut().insert(header, id);
    }
    response
}

/// Answers a request with a fault injected into it or into its answer.
pub(super) fn route_with_fault(
    state: &mut State,
    request: &Request<Bytes>,
    fault: FaultKind,
) -> Arrives {
    match fault {
        FaultKind::Throttling | FaultKind::InternalError | FaultKind::Unavailable => {
            Arrives::Whole(injected_error(state, request, fault))
        }
        FaultKind::DroppedBefore => Arrives::Nothing,
        FaultKind::InternalErrorAfter => {
            let _lost = route(state, request);
            Arrives::Whole(injected_error(state, request, fault))
        }
        FaultKind::DroppedAfter => {
            let _lost = route(state, request);
            Arrives::Nothing
        }
        FaultKind::Truncated => {
            let response = route(state, request);
            let half = response.body().len() / 2;
            Arrives::Partly(response, half)
        }
        FaultKind::Garbage => {
            let _lost = route(state, request);
            Arrives::Whole(garbage())
        }
        FaultKind::Duplicated => {
            let first = route(state, request);
            state.end();
            let _second = route(state, request);
            Arrives::Whole(first)
        }
        FaultKind::Slow | FaultKind::Stale | FaultKind::Reordered | FaultKind::EmptyPages => {
            Arrives::Whole(route(state, request))
        }
    }
}

/// The injected error of a service, in its own words.
fn injected_error(state: &State, request: &Request<Bytes>, kind: FaultKind) -> Response<Bytes> {
    let service = service_of(request, Scope::of(request.headers()));
    let (status, code) = match (kind, service) {
        (FaultKind::Throttling, Some(Service::Ec2)) => (503, "RequestLimitExceeded"),
        (FaultKind::Throttling, Some(Service::Ram)) => (429, "ThrottlingException"),
        (FaultKind::Throttling, Some(Service::Organizations)) => (400, "TooManyRequestsException"),
        (FaultKind::Throttling, Some(Service::Sts)) => (400, "Throttling"),
        (FaultKind::Throttling, _) => (400, "ThrottlingException"),
        (FaultKind::Unavailable, Some(Service::Ec2)) => (503, "Unavailable"),
        (FaultKind::Unavailable, Some(Service::Sts)) => (503, "ServiceUnavailable"),
        (FaultKind::Unavailable, _) => (503, "ServiceUnavailableException"),
        (_, Some(Service::Ec2)) => (500, "InternalError"),
        (_, Some(Service::Ram)) => (500, "ServerInternalException"),
        (_, Some(Service::Organizations)) => (500, "ServiceException"),
        (_, _) => (500, "InternalFailure"),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let message =
        if kind == FaultKind::Throttling { "Rate exceeded" } else { "The service is unwell." };
    let mut response = match service {
        Some(Service::Ec2) => query::ec2_error(state, status, code, message),
        Some(Service::Sts) => sts::error(state, status, code, message),
        Some(Service::Ram) | None => {
            json::answer(Protocol::Rest, Err(Failure::new(code, message).with_status(status)))
        }
        Some(_) => {
            json::answer(Protocol::Rpc, Err(Failure::new(code, message).with_status(status)))
        }
    };
    if kind == FaultKind::Throttling {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The answers of the target itself: `GET /_bellwether/health`, `POST /_bellwether/reset`, and
/// `POST /_bellwether/clock`, which lets a number of `seconds` pass for some `accounts`.
fn own_answer(state: &mut State, request: &Request<Bytes>) -> Option<Response<Bytes>> {
    let path = request.uri().path().strip_prefix("/_bellwether/")?;
    let outcome = match (request.method(), path) {
        (&Method::GET, "health") => Ok(json!({ "status": "ok" })),
        (&Method::POST, "reset") => {
            state.reset();
            Ok(json!({ "status": "ok" }))
        }
        (&Method::POST, "clock") => pass_time(state, request),
        _ => Err(unknown_operation()),
    };
    Some(json::answer(Protocol::Rest, outcome))
}

/// A request to move the clocks of some accounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passing {
    seconds: Seconds,
    accounts: Vec<String>,
}

/// Lets time pass for the accounts that a request names; those of others keep theirs, so that
/// cases that run at once are nothing to each other.
fn pass_time(state: &mut State, request: &Request<Bytes>) -> Result<Value, Failure> {
    let wrong = |message: String| Failure::new("ValidationException", message);
    let passing: Passing =
        serde_json::from_slice(request.body()).map_err(|error| wrong(error.to_string()))?;
    let account = |id: &String| {
        Account::from_id(id).ok_or_else(|| wrong(format!("{id:?} is not a valid account id")))
    };
    let accounts = passing.accounts.iter().map(account).collect::<Result<_, _>>()?;
    if passing.seconds > PASSING_MAX {
        return Err(wrong(format!("no more than {PASSING_MAX} seconds pass at once")));
    }
    let passed = state.pass(passing.seconds, &accounts);
    passed.map_err(|refusal| refusals::failure(&refusal))?;
    Ok(json!({ "status": "ok" }))
}

fn serve(state: &mut State, request: &Request<Bytes>, scope: Option<Scope<'_>>) -> Response<Bytes> {
    let Some(service) = service_of(request, scope) else {
        return json::answer(Protocol::Rest, Err(unknown_operation()));
    };
    let Some(account) = state.caller else {
        return unauthenticated(state, service);
    };
    if let Some(Mutation::Answers(canned)) = state.mutation()
        && service != Service::Sts
    {
        return canned_answer(state, service, canned);
    }
    match service {
        Service::Ec2 => ec2::serve(state, account, &parameters(request)),
        Service::LicenseManager => licensemanager::serve(state, account, request),
        Service::Organizations => organizations::serve(state, account, request),
        Service::Ram => ram::serve(state, account, request),
        Service::Route53 => route53::serve(state, account, request),
        Service::Route53Profiles => route53profiles::serve(state, account, request),
        Service::Route53Resolver => route53resolver::serve(state, account, request),
        Service::Sts => sts::serve(state, account, &parameters(request)),
    }
}

/// The service that the signature names; failing that, the one that speaks like this.
fn service_of(request: &Request<Bytes>, scope: Option<Scope<'_>>) -> Option<Service> {
    match scope.map(|scope| scope.service) {
        Some("ec2") => return Some(Service::Ec2),
        Some("license-manager") => return Some(Service::LicenseManager),
        Some("organizations") => return Some(Service::Organizations),
        Some("ram") => return Some(Service::Ram),
        Some("route53") => return Some(Service::Route53),
        Some("route53profiles") => return Some(Service::Route53Profiles),
        Some("route53resolver") => return Some(Service::Route53Resolver),
        Some("sts") => return Some(Service::Sts),
        Some(_) => return None,
        None => {}
    }
    if organizations::target(request).is_some() {
        return Some(Service::Organizations);
    }
    if licensemanager::target(request).is_some() {
        return Some(Service::LicenseManager);
    }
    if route53resolver::target(request).is_some() {
        return Some(Service::Route53Resolver);
    }
    if ram::is_path(request.uri().path()) {
        return Some(Service::Ram);
    }
    match query::value(&parameters(request), "Version") {
        Some(sts::VERSION) => Some(Service::Sts),
        Some("2016-11-15") => Some(Service::Ec2),
        Some(_) | None => None,
    }
}

/// The parameters of a query request, from its body and its query string.
fn parameters(request: &Request<Bytes>) -> Vec<(String, String)> {
    let mut form = query::form(request.body());
    if let Some(in_query) = request.uri().query() {
        form.extend(query::form(in_query.as_bytes()));
    }
    form
}

fn unknown_operation() -> Failure {
    Failure::new("UnknownOperationException", "").with_status(StatusCode::NOT_FOUND)
}

/// The one answer of a planted server that does nothing.
fn canned_answer(state: &State, service: Service, canned: Canned) -> Response<Bytes> {
    let protocol = if service == Service::Ram { Protocol::Rest } else { Protocol::Rpc };
    match canned {
        Canned::Error(status, code) if service == Service::Ec2 => {
            query::ec2_error(state, status, code, "")
        }
        Canned::Error(status, code) => {
            json::answer(protocol, Err(Failure::new(code, "").with_status(status)))
        }
        Canned::Success(body) => Response::new(Bytes::from_static(body.as_bytes())),
    }
}

/// The answer of a service to an unknown access key.
fn unauthenticated(state: &State, service: Service) -> Response<Bytes> {
    let message = "The security token included in the request is invalid.";
    let json = |protocol| {
        let failure = Failure::new("UnrecognizedClientException", message);
        json::answer(protocol, Err(failure.with_status(StatusCode::FORBIDDEN)))
    };
    match service {
        Service::Ec2 => query::ec2_error(
            state,
            StatusCode::UNAUTHORIZED,
            "AuthFailure",
            "AWS was not able to validate the provided access credentials",
        ),
        Service::LicenseManager | Service::Organizations | Service::Route53Resolver => {
            json(Protocol::Rpc)
        }
        Service::Ram | Service::Route53Profiles => json(Protocol::Rest),
        Service::Route53 => {
            let failure = Failure::new("InvalidClientTokenId", message);
            route53::error(state, &failure.with_status(StatusCode::FORBIDDEN))
        }
        Service::Sts => sts::error(state, StatusCode::FORBIDDEN, "InvalidClientTokenId", message),
    }
}
