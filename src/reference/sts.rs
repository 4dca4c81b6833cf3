//! STS: credentials of any account for the asking.

use bellwether_model::Account;
use bytes::Bytes;
use http::{Response, StatusCode};
use jiff::{SignedDuration, Timestamp};

use super::accounts;
use super::query::{self, Xml, value};
use super::state::State;

/// The version of the API.
pub const VERSION: &str = "2011-06-15";

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Answers a request to STS.
pub fn serve(state: &mut State, account: Account, form: &[(String, String)]) -> Response<Bytes> {
    match value(form, "Action") {
        Some("AssumeRole") => assume_role(state, form),
        Some("GetCallerIdentity") => caller_identity(state, account),
        Some(action) => {
            let message = format!("Could not find operation {action} for version {VERSION}");
            error(state, StatusCode::BAD_REQUEST, "InvalidAction", &message)
        }
        None => {
            let message = "One of the parameters is missing: Action";
            error(state, StatusCode::BAD_REQUEST, "MissingAction", message)
        }
    }
}

/// An error of STS.
#[must_use]
pub fn error(state: &State, status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    query::error(state, NAMESPACE, status, code, message)
}

/// Any role of any account is there to be assumed by everybody.
///
/// The credentials expire by the clock of the outside, since that is what SDKs compare with.
fn assume_role(state: &State, form: &[(String, String)]) -> Response<Bytes> {
    let Some((arn, account, role)) = value(form, "RoleArn").and_then(role) else {
        let message = "RoleArn is not the ARN of a role";
        return error(state, StatusCode::BAD_REQUEST, "ValidationError", message);
    };
    let Some(session) = value(form, "RoleSessionName") else {
        let message = "RoleSessionName is missing";
        return error(state, StatusCode::BAD_REQUEST, "ValidationError", message);
    };
    let partition = arn.split(':').nth(1).unwrap_or("aws");
    let key = accounts::key_of(account);
    let expiration = Timestamp::now() + SignedDuration::from_hours(1);
    let credentials = |xml: Xml| {
        xml.text("AccessKeyId", &key)
            .text("SecretAccessKey", "signatures-are-not-checked")
            .text("SessionToken", "signatures-are-not-checked")
            .text("Expiration", &format!("{expiration:.0}"))
    };
    let user = |xml: Xml| {
        xml.text("AssumedRoleId", &format!("AROABELL{account}:{session}"))
            .text("Arn", &format!("arn:{partition}:sts::{account}:assumed-role/{role}/{session}"))
    };
    answer(state, "AssumeRole", |xml| {
        xml.element("Credentials", credentials).element("AssumedRoleUser", user)
    })
}

/// The ARN again, the account and the name of the role that it names.
fn role(arn: &str) -> Option<(&str, Account, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (Some("arn"), Some(_), Some("iam")) = (parts.next(), parts.next(), parts.next()) else {
        return None;
    };
    let account = Account::from_id(parts.nth(1)?)?;
    let path = parts.next()?.strip_prefix("role/")?;
    let role = path.rsplit('/').next().filter(|role| !role.is_empty())?;
    Some((arn, account, role))
}

fn caller_identity(state: &State, account: Account) -> Response<Bytes> {
    answer(state, "GetCallerIdentity", |xml| {
        xml.text("Arn", &format!("arn:aws:iam::{account}:root"))
            .text("UserId", &account.to_string())
            .text("Account", &account.to_string())
    })
}

fn answer(state: &State, action: &str, result: impl FnOnce(Xml) -> Xml) -> Response<Bytes> {
    Xml::default()
        .element(&format!("{action}Response xmlns=\"{NAMESPACE}\""), |xml| {
            xml.element(&format!("{action}Result"), result)
                .element("ResponseMetadata", |xml| xml.text("RequestId", &state.request_id))
        })
        .answer(StatusCode::OK)
}
