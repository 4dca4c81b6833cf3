//! STS: credentials of any account for the asking.
//!
//! Any role of any account is there to be assumed by everybody. What decides who may is not modelled, and
//! neither are the policies and tags of a session.

use std::collections::BTreeSet;

use bellwether_model::Account;
use bytes::Bytes;
use http::{Response, StatusCode};
use jiff::{SignedDuration, Timestamp};

use super::accounts::{self, PLAIN_TOKEN};
use super::json::Failure;
use super::members::{self, STS};
use super::query::{self, Xml, value};
use super::state::State;

/// The version of the API.
pub const VERSION: &str = "2011-06-15";

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// A caller of STS, and what it sent.
struct Request<'a> {
    state: &'a State,
    account: Account,
    token: &'a str,
    form: &'a [(String, String)],
}

/// An operation: what it answers to a request.
type Serve = fn(&Request<'_>) -> Result<Response<Bytes>, Failure>;

/// The operations that are served, in the order of their names.
static ACTIONS: &[(&str, Serve)] = &[
    ("AssumeRole", assume_role),
    ("GetCallerIdentity", |request| Ok(caller_identity(request))),
    ("GetSessionToken", session_token),
];

/// Answers a request to STS, signed with credentials of this session token.
#[must_use]
pub fn serve(
    state: &State,
    account: Account,
    token: &str,
    form: &[(String, String)],
) -> Response<Bytes> {
    let request = Request { state, account, token, form };
    request.answered().unwrap_or_else(|failure| error(state, &failure))
}

/// An error of STS.
#[must_use]
pub fn error(state: &State, failure: &Failure) -> Response<Bytes> {
    query::error(state, NAMESPACE, failure.status, failure.code, &failure.message)
}

impl Request<'_> {
    fn answered(&self) -> Result<Response<Bytes>, Failure> {
        let action = value(self.form, "Action").ok_or_else(|| {
            Failure::new("MissingAction", "One of the parameters is missing: Action")
        })?;
        let found = ACTIONS.iter().find(|(name, _)| *name == action);
        let (_, serve) = found.ok_or_else(|| {
            let message = format!("Could not find operation {action} for version {VERSION}");
            Failure::new("InvalidAction", message)
        })?;
        STS.require_read(action, members::of_form(self.form))?;
        serve(self)
    }

    /// The time for which credentials are asked for; it has to lie between these bounds.
    fn duration(&self, default: i64, longest: i64) -> Result<SignedDuration, Failure> {
        const SHORTEST: i64 = 900;
        let Some(asked) = value(self.form, "DurationSeconds") else {
            return Ok(SignedDuration::from_secs(default));
        };
        let seconds = asked.parse().ok().filter(|it| (SHORTEST..=longest).contains(it));
        let seconds = seconds.ok_or_else(|| {
            let constraint =
                format!("Member must have value between {SHORTEST} and {longest} seconds");
            unmet("durationSeconds", asked, &constraint)
        })?;
        Ok(SignedDuration::from_secs(seconds))
    }

    fn answer(&self, action: &str, result: impl FnOnce(Xml) -> Xml) -> Response<Bytes> {
        Xml::default()
            .element(&format!("{action}Response xmlns=\"{NAMESPACE}\""), |xml| {
                xml.element(&format!("{action}Result"), result).element("ResponseMetadata", |xml| {
                    xml.text("RequestId", &self.state.request_id)
                })
            })
            .answer(StatusCode::OK)
    }
}

fn assume_role(request: &Request<'_>) -> Result<Response<Bytes>, Failure> {
    let arn = value(request.form, "RoleArn").unwrap_or_default();
    let (partition, account, role) =
        role_in(arn).ok_or_else(|| Failure::new("ValidationError", format!("{arn} is invalid")))?;
    let session = value(request.form, "RoleSessionName").unwrap_or_default();
    require_session_name(session)?;
    require_tags(request.form)?;
    let duration = request.duration(3_600, 43_200)?;
    let token = accounts::token_of(role, session);
    let user = |xml: Xml| {
        xml.text("AssumedRoleId", &role_id(account, session))
            .text("Arn", &assumed_arn(partition, account, role, session))
    };
    Ok(request.answer("AssumeRole", |xml| {
        credentials(xml, account, &token, duration).element("AssumedRoleUser", user)
    }))
}

fn caller_identity(request: &Request<'_>) -> Response<Bytes> {
    let account = request.account;
    let (arn, user) = match accounts::role_of(request.token) {
        Some((role, session)) => {
            (assumed_arn("aws", account, role, session), role_id(account, session))
        }
        None => (format!("arn:aws:iam::{account}:root"), account.to_string()),
    };
    request.answer("GetCallerIdentity", |xml| {
        xml.text("Arn", &arn).text("UserId", &user).text("Account", &account.to_string())
    })
}

/// The credentials are the caller's own again.
fn session_token(request: &Request<'_>) -> Result<Response<Bytes>, Failure> {
    if accounts::role_of(request.token).is_some() {
        let message = "Cannot call GetSessionToken with session credentials";
        let failure = Failure::new("AccessDenied", message);
        return Err(failure.with_status(StatusCode::FORBIDDEN));
    }
    let duration = request.duration(43_200, 129_600)?;
    Ok(request
        .answer("GetSessionToken", |xml| credentials(xml, request.account, PLAIN_TOKEN, duration)))
}

/// Credentials expire by the clock of the outside, since that is what SDKs compare with.
fn credentials(xml: Xml, account: Account, token: &str, duration: SignedDuration) -> Xml {
    let expiration = Timestamp::now() + duration;
    xml.element("Credentials", |xml| {
        xml.text("AccessKeyId", &accounts::key_of(account))
            .text("SecretAccessKey", "signatures-are-not-checked")
            .text("SessionToken", token)
            .text("Expiration", &format!("{expiration:.0}"))
    })
}

/// The partition, the account and the name of a role in its ARN.
fn role_in(arn: &str) -> Option<(&str, Account, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (Some("arn"), partition, Some("iam")) = (parts.next(), parts.next()?, parts.next()) else {
        return None;
    };
    let account = Account::from_id(parts.nth(1)?)?;
    let path = parts.next()?.strip_prefix("role/")?;
    let role = path.rsplit('/').next().filter(|role| !role.is_empty())?;
    Some((partition, account, role))
}

fn assumed_arn(partition: &str, account: Account, role: &str, session: &str) -> String {
    format!("arn:{partition}:sts::{account}:assumed-role/{role}/{session}")
}

/// The id of a session in a role; roles of one account share theirs, since nobody made them.
fn role_id(account: Account, session: &str) -> String {
    format!("AROABELL{account}:{session}")
}

/// Requires that a name may be one of a session.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
fn require_session_name(name: &str) -> Result<(), Failure> {
    let wrong = |constraint: &str| Err(unmet("roleSessionName", name, constraint));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    if !name.bytes().all(plain) {
        return wrong("Member must satisfy regular expression pattern: [\\w+=,.@-]*");
    }
    match name.len() {
        0 | 1 => wrong("Member must have length greater than or equal to 2"),
        2..=64 => Ok(()),
        _ => wrong("Member must have length less than or equal to 64"),
    }
}

/// Requires that no tag is given twice, and that those which are handed on are given.
fn require_tags(form: &[(String, String)]) -> Result<(), Failure> {
    let wrong = |message: &str| Err(Failure::new("InvalidParameterValue", message));
    let named = |list: &'static str, end: &'static str| {
        let named = form.iter().filter(move |(key, _)| key.starts_with(list) && key.ends_with(end));
        named.map(|(_, value)| value.to_lowercase())
    };
    let mut given = BTreeSet::new();
    for key in named("Tags.member.", ".Key") {
        if !given.insert(key) {
            return wrong(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            );
        }
    }
    if named("TransitiveTagKeys.member.", "").any(|key| !given.contains(&key)) {
        return wrong("The specified transitive tag key must be included in the requested tags.");
    }
    Ok(())
}

fn unmet(parameter: &str, value: &str, constraint: &str) -> Failure {
    let message = format!(
        "1 validation error detected: Value '{value}' at '{parameter}' failed to satisfy constraint: {constraint}"
    );
    Failure::new("ValidationError", message)
}
