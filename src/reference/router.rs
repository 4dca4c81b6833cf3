//! The router: finds the service and the caller of a request, and answers what no service does.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};

use super::accounts::{self, Scope, Signature};
use super::faults::{Arrives, FaultKind, garbage};
use super::flaws::{self, Flaw};
use super::json::{self, Failure, Protocol};
use super::members::{
    EC2, LICENSE_MANAGER, ORGANIZATIONS, RAM, ROUTE_53, ROUTE_53_PROFILES, ROUTE_53_RESOLVER,
    Reads, STS, TAGGING,
};
use super::mutants::{Breakdown, Canned, Mutation};
use super::state::HOME;
use super::{
    State, ec2, licensemanager, organizations, own, partitions, query, ram, route53,
    route53profiles, route53resolver, sts, tagging,
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
    Tagging,
}

impl Service {
    /// The service that signs requests with this name, if it is served.
    fn signing_as(name: &str) -> Option<Self> {
        Some(match name {
            "ec2" => Self::Ec2,
            "license-manager" => Self::LicenseManager,
            "organizations" => Self::Organizations,
            "ram" => Self::Ram,
            "route53" => Self::Route53,
            "route53profiles" => Self::Route53Profiles,
            "route53resolver" => Self::Route53Resolver,
            "sts" => Self::Sts,
            "tagging" => Self::Tagging,
            _ => return None,
        })
    }

    fn form(self) -> Form {
        match self {
            Self::Ec2 => Form::Ec2,
            Self::LicenseManager | Self::Organizations | Self::Route53Resolver | Self::Tagging => {
                Form::Json(Protocol::Rpc)
            }
            Self::Ram | Self::Route53Profiles => Form::Json(Protocol::Rest),
            Self::Route53 => Form::Route53,
            Self::Sts => Form::Query,
        }
    }
}

/// The forms in which services say that something is wrong.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Form {
    Ec2,
    Json(Protocol),
    Query,
    Route53,
}

impl Form {
    /// The form of a request to a service that is not served: clients read the answer in the same.
    fn of(request: &Request<Bytes>) -> Self {
        if request.headers().contains_key("x-amz-target") {
            return Self::Json(Protocol::Rpc);
        }
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_form = content_type.is_some_and(|it| it.as_bytes().starts_with(FORM));
        let is_query = is_form || query::value(&parameters(request), "Action").is_some();
        if is_query { Self::Query } else { Self::Json(Protocol::Rest) }
    }

    fn error(self, state: &State, failure: Failure) -> Response<Bytes> {
        match self {
            Self::Ec2 => query::ec2_error(state, failure.status, failure.code, &failure.message),
            Self::Json(protocol) => json::answer(protocol, Err(failure)),
            Self::Query => sts::error(state, &failure),
            Self::Route53 => route53::error(state, &failure),
        }
    }
}

/// The content type of a form.
const FORM: &[u8] = b"application/x-www-form-urlencoded";

/// Answers a request.
pub fn route(state: &mut State, request: &Request<Bytes>) -> Response<Bytes> {
    let signature = Signature::of(request);
    let scope = signature.scope();
    let default = state.default_account;
    let caller = scope.and_then(|scope| accounts::account_of(&scope.key).or(default));
    let region = scope.map_or(HOME, |scope| &scope.region);
    state.begin(caller, region);
    let partition = partitions::of(region);
    let request = partitions::inward(request, partition);
    let own = own::answer(state, &request);
    let mut response = own.unwrap_or_else(|| serve(state, &request, &signature));
    partitions::outward(&mut response, partition);
    numbered(state, response)
}

/// Refuses a request that did not arrive as a whole: its body is left out.
pub(super) fn refuse(state: &mut State, request: &Request<Bytes>, flaw: &Flaw) -> Response<Bytes> {
    state.begin(None, HOME);
    let service = service_of(request, Signature::of(request).scope());
    let form = service.map_or_else(|| Form::of(request), Service::form);
    let response = form.error(state, flawed(service, form, flaw));
    numbered(state, response)
}

/// An answer with the id of the request in hand.
fn numbered(state: &State, mut response: Response<Bytes>) -> Response<Bytes> {
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

/// The part of an answer that a planted breakdown lets through.
pub(super) fn broken_down(
    state: &State,
    request: &Request<Bytes>,
    arrives: Arrives,
    breakdown: Breakdown,
) -> Arrives {
    match (breakdown, arrives) {
        (Breakdown::Fails | Breakdown::FailsOnceDone, _) => {
            Arrives::Whole(injected_error(state, request, FaultKind::InternalError))
        }
        (Breakdown::Garbles, Arrives::Whole(response)) => {
            let half = response.body().len() / 2;
            Arrives::Whole(response.map(|body| body.slice(..half)))
        }
        (Breakdown::HangsUp | Breakdown::Garbles, _) => Arrives::Nothing,
    }
}

/// The injected error of a service, in its own words.
fn injected_error(state: &State, request: &Request<Bytes>, kind: FaultKind) -> Response<Bytes> {
    let service = service_of(request, Signature::of(request).scope());
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
    let form = service.map_or_else(|| Form::of(request), Service::form);
    let mut response = form.error(state, Failure::new(code, message).with_status(status));
    if kind == FaultKind::Throttling {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

fn serve(state: &mut State, request: &Request<Bytes>, signature: &Signature) -> Response<Bytes> {
    let scope = signature.scope();
    let service = service_of(request, scope);
    let form = service.map_or_else(|| Form::of(request), Service::form);
    let (Some(account), Some(scope)) = (state.caller, scope) else {
        return form.error(state, unauthenticated(form, signature));
    };
    let Some(service) = service else {
        return form.error(state, not_served(form, &scope.service));
    };
    let canned = state.mutations().find_map(|mutation| {
        if let Mutation::Answers(canned) = mutation { Some(canned) } else { None }
    });
    if let Some(canned) = canned
        && service != Service::Sts
    {
        return canned_answer(state, service, canned);
    }
    let parameters = match form {
        Form::Ec2 | Form::Query => parameters(request),
        Form::Json(_) | Form::Route53 => Vec::new(),
    };
    let flaw = match form {
        Form::Ec2 | Form::Query => flaws::of_query(request, &parameters),
        Form::Json(Protocol::Rpc) if request.method() != Method::POST => Some(Flaw::Method),
        Form::Json(_) => flaws::of_json(request),
        Form::Route53 => flaws::of_xml(request),
    };
    if let Some(flaw) = flaw {
        return form.error(state, flawed(Some(service), form, &flaw));
    }
    match service {
        Service::Ec2 => ec2::serve(state, account, &parameters),
        Service::LicenseManager => licensemanager::serve(state, account, request),
        Service::Organizations => organizations::serve(state, account, request),
        Service::Ram => ram::serve(state, account, request),
        Service::Route53 => route53::serve(state, account, request),
        Service::Route53Profiles => route53profiles::serve(state, account, request),
        Service::Route53Resolver => route53resolver::serve(state, account, request),
        Service::Sts => sts::serve(state, account, &scope.token, &parameters),
        Service::Tagging => tagging::serve(state, account, request),
    }
}

/// The operation that a request calls, with what its service reads; `None` if it calls none.
pub(super) fn called(request: &Request<Bytes>) -> Option<(&'static Reads, String)> {
    let service = service_of(request, Signature::of(request).scope())?;
    let form = parameters(request);
    let (reads, named) = match service {
        Service::Ec2 => (&EC2, query::value(&form, "Action")),
        Service::Sts => (&STS, query::value(&form, "Action")),
        Service::LicenseManager => (&LICENSE_MANAGER, licensemanager::target(request)),
        Service::Organizations => (&ORGANIZATIONS, organizations::target(request)),
        Service::Route53Resolver => (&ROUTE_53_RESOLVER, route53resolver::target(request)),
        Service::Tagging => (&TAGGING, tagging::target(request)),
        Service::Ram => (&RAM, ram::called(request)),
        Service::Route53 => (&ROUTE_53, route53::called(request)),
        Service::Route53Profiles => (&ROUTE_53_PROFILES, route53profiles::called(request)),
    };
    Some((reads, named?.to_owned()))
}

/// The service that the signature names; failing that, the one that speaks like this.
fn service_of(request: &Request<Bytes>, scope: Option<&Scope>) -> Option<Service> {
    if let Some(scope) = scope {
        return Service::signing_as(&scope.service);
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
    if tagging::target(request).is_some() {
        return Some(Service::Tagging);
    }
    if ram::is_path(request.uri().path()) {
        return Some(Service::Ram);
    }
    if route53::is_path(request.uri().path()) {
        return Some(Service::Route53);
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

pub(super) fn unknown_operation() -> Failure {
    Failure::new("UnknownOperationException", "").with_status(StatusCode::NOT_FOUND)
}

/// The failure of a request to a service that is not served.
fn not_served(form: Form, service: &str) -> Failure {
    let message = format!("The reference does not have the service {service}.");
    match form {
        Form::Ec2 | Form::Query | Form::Route53 => Failure::new("InvalidAction", message),
        Form::Json(Protocol::Rpc) => Failure::new("UnknownOperationException", message),
        Form::Json(Protocol::Rest) => {
            Failure::new("UnknownOperationException", message).with_status(StatusCode::NOT_FOUND)
        }
    }
}

/// The failure of a request with a flaw.
fn flawed(service: Option<Service>, form: Form, flaw: &Flaw) -> Failure {
    let is_json = matches!(form, Form::Json(_));
    let code = match (flaw, form) {
        (Flaw::TooLarge, _) if is_json => "RequestEntityTooLargeException",
        (Flaw::TooLarge, _) => "RequestEntityTooLarge",
        (Flaw::TooSlow, _) if is_json => "RequestTimeoutException",
        (Flaw::TooSlow, _) => "RequestTimeout",
        (Flaw::Encoded, _) if is_json => "UnsupportedMediaTypeException",
        (Flaw::Encoded, _) => "UnsupportedMediaType",
        (Flaw::Method, _) if is_json => "UnknownOperationException",
        (Flaw::Method, _) => "MethodNotAllowed",
        (Flaw::BrokenOff, _) if is_json => "SerializationException",
        (Flaw::BrokenOff | Flaw::Character, Form::Route53) => "InvalidInput",
        (Flaw::BrokenOff, _) => "MalformedQueryString",
        (Flaw::Character, Form::Ec2) => "InvalidCharacter",
        (Flaw::Character, Form::Query) => "ValidationError",
        (Flaw::Character, Form::Json(_)) => match service {
            Some(Service::LicenseManager) => "InvalidParameterValueException",
            Some(Service::Organizations) => "InvalidInputException",
            Some(_) | None => "InvalidParameterException",
        },
    };
    Failure::new(code, flaw.message()).with_status(flaw.status())
}

/// The one answer of a planted server that does nothing.
fn canned_answer(state: &State, service: Service, canned: Canned) -> Response<Bytes> {
    match canned {
        Canned::Error(status, code) => {
            service.form().error(state, Failure::new(code, "").with_status(status))
        }
        Canned::Success(body) => Response::new(Bytes::from_static(body.as_bytes())),
    }
}

/// The failure of a request whose signature names no account.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html> and
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html> list the codes; those of
/// JSON services bear `Exception` behind them.
fn unauthenticated(form: Form, signature: &Signature) -> Failure {
    let is_json = matches!(form, Form::Json(_));
    match signature {
        Signature::Missing => {
            let code = if is_json {
                "MissingAuthenticationTokenException"
            } else {
                "MissingAuthenticationToken"
            };
            let message = "Request is missing Authentication Token";
            Failure::new(code, message).with_status(StatusCode::FORBIDDEN)
        }
        Signature::Incomplete => {
            let code = if is_json { "IncompleteSignatureException" } else { "IncompleteSignature" };
            let message = "The signature must have a Credential of the form KEY/DATE/REGION/SERVICE/aws4_request";
            Failure::new(code, message)
        }
        Signature::Whole(_) if form == Form::Ec2 => {
            let message = "AWS was not able to validate the provided access credentials";
            Failure::new("AuthFailure", message).with_status(StatusCode::UNAUTHORIZED)
        }
        Signature::Whole(_) => {
            let code = if is_json { "UnrecognizedClientException" } else { "InvalidClientTokenId" };
            let message = "The security token included in the request is invalid.";
            Failure::new(code, message).with_status(StatusCode::FORBIDDEN)
        }
    }
}
