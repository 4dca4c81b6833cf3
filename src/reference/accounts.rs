//! The account of a request, and the role that it acts in, read from its signature.

use bellwether_model::Account;
use bytes::Bytes;
use http::Request;
use http::header::AUTHORIZATION;

use super::query;
use super::state::HOME;

/// The beginning of an access key id of [`key_of`].
const ISSUED: &str = "ASIABELL";

/// The beginning of a session token of [`token_of`].
const IN_A_ROLE: &str = "bellwether/";

/// The session token of credentials that act in no role.
pub const PLAIN_TOKEN: &str = "signatures-are-not-checked";

/// The signature of a request, as far as it is read: it is not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// The request bears none.
    Missing,
    /// It does not say who calls which service in which region.
    Incomplete,
    /// It says so.
    Whole(Scope),
}

/// The credential scope of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The access key id.
    pub key: String,
    /// The region that is called.
    pub region: String,
    /// The service that is called, by the name that it signs with.
    pub service: String,
    /// The session token; empty if the credentials are nobody's session.
    pub token: String,
}

impl Signature {
    /// The signature by version 4 in the header of a request, or in the query string of a presigned one.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>
    #[must_use]
    pub fn of(request: &Request<Bytes>) -> Self {
        if let Some(signed) = request.headers().get(AUTHORIZATION) {
            let credential = signed.to_str().ok().and_then(|it| it.split_once("Credential="));
            let credential = credential.and_then(|(_, it)| it.split([',', ' ']).next());
            let token = request.headers().get("x-amz-security-token");
            let token = token.and_then(|token| token.to_str().ok());
            let regions = request.headers().get("x-amz-region-set");
            let regions = regions.and_then(|regions| regions.to_str().ok());
            return Self::in_scope(credential, regions, token);
        }
        let form = query::form(request.uri().query().unwrap_or_default().as_bytes());
        let presigned = form.iter().any(|(key, _)| key == "X-Amz-Algorithm");
        let credential = query::value(&form, "X-Amz-Credential");
        if credential.is_none() && !presigned {
            return Self::Missing;
        }
        let regions = query::value(&form, "X-Amz-Region-Set");
        Self::in_scope(credential, regions, query::value(&form, "X-Amz-Security-Token"))
    }

    /// The scope of a credential. One of version 4a has no region: the request is for all of `regions`,
    /// of which the first is called here.
    fn in_scope(credential: Option<&str>, regions: Option<&str>, token: Option<&str>) -> Self {
        let parts: Vec<&str> = credential.unwrap_or_default().split('/').collect();
        let (key, region, service) = match parts[..] {
            [key, _date, service, "aws4_request"] => {
                let mut regions = regions.unwrap_or_default().split(',').map(str::trim);
                let one = |region: &&str| !region.is_empty() && !region.contains('*');
                (key, regions.find(one).unwrap_or(HOME), service)
            }
            [key, _date, region, service, ..] => (key, region, service),
            _ => return Self::Incomplete,
        };
        Self::Whole(Scope {
            key: key.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
            token: token.unwrap_or_default().to_owned(),
        })
    }

    /// The scope, if it has one.
    #[must_use]
    pub fn scope(&self) -> Option<&Scope> {
        match self {
            Self::Whole(scope) => Some(scope),
            Self::Missing | Self::Incomplete => None,
        }
    }
}

/// The account that signs with this access key id: one that is 12 digits, or that
/// [`key_of`] made.
#[must_use]
pub fn account_of(key: &str) -> Option<Account> {
    Account::from_id(key.strip_prefix(ISSUED).unwrap_or(key))
}

/// The access key id that STS hands out for an account.
#[must_use]
pub fn key_of(account: Account) -> String {
    format!("{ISSUED}{account}")
}

/// The session token that STS hands out for a session in a role.
#[must_use]
pub fn token_of(role: &str, session: &str) -> String {
    format!("{IN_A_ROLE}{role}/{session}")
}

/// The role and the session of a token of [`token_of`].
#[must_use]
pub fn role_of(token: &str) -> Option<(&str, &str)> {
    token.strip_prefix(IN_A_ROLE)?.split_once('/')
}

#[cfg(test)]
mod tests {
    use bellwether_model::Account;
    use bytes::Bytes;
    use http::Request;

    use super::{Scope, Signature, account_of, key_of, role_of, token_of};

    fn scope(token: &str) -> Signature {
        Signature::Whole(Scope {
            key: "111122223333".to_owned(),
            region: "eu-west-1".to_owned(),
            service: "sts".to_owned(),
            token: token.to_owned(),
        })
    }

    fn unsigned(uri: &str) -> Request<Bytes> {
        Request::get(uri).body(Bytes::new()).unwrap()
    }

    fn signed(signature: &str) -> Request<Bytes> {
        let request = Request::get("/").header("authorization", signature);
        request.body(Bytes::new()).unwrap()
    }

    #[test]
    fn an_issued_key_has_twenty_characters_and_names_its_account() {
        let account = Account::from_id("111122223333").unwrap();
        assert_eq!(key_of(account).len(), 20);
        assert_eq!(account_of(&key_of(account)), Some(account));
    }

    #[test]
    fn keys_that_name_no_account_belong_to_nobody() {
        for key in ["", "AKIAIOSFODNN7EXAMPLE", "1111222233334", "ASIABELL"] {
            assert_eq!(account_of(key), None, "{key}");
        }
    }

    #[test]
    fn a_token_tells_the_role_and_its_session() {
        assert_eq!(
            role_of(&token_of("admin", "me@example.com")),
            Some(("admin", "me@example.com"))
        );
        assert_eq!(role_of(super::PLAIN_TOKEN), None);
    }

    #[test]
    fn the_scope_is_read_from_the_header() {
        let header = "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=0";
        assert_eq!(Signature::of(&signed(header)), scope(""));
    }

    #[test]
    fn a_signature_of_version_4a_calls_the_first_region_of_its_set() {
        let header = "AWS4-ECDSA-P256-SHA256 Credential=111122223333/20260101/sts/aws4_request, SignedHeaders=host, Signature=0";
        let called = |regions: &str| {
            let request = Request::get("/").header("authorization", header);
            let request = request.header("x-amz-region-set", regions).body(Bytes::new()).unwrap();
            Signature::of(&request).scope().unwrap().region.clone()
        };
        assert_eq!(
            ["eu-west-1", "*", "*, eu-west-1"].map(called),
            ["eu-west-1", "us-east-1", "eu-west-1"]
        );
    }

    #[test]
    fn the_scope_of_a_presigned_request_is_read_from_its_query_string() {
        let request = unsigned(
            "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=111122223333%2F20260101%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Security-Token=t",
        );
        assert_eq!(Signature::of(&request), scope("t"));
    }

    #[test]
    fn a_missing_signature_is_told_from_an_incomplete_one() {
        assert_eq!(Signature::of(&unsigned("/?Action=GetCallerIdentity")), Signature::Missing);
        let half = unsigned("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=111122223333");
        assert_eq!(Signature::of(&half), Signature::Incomplete);
        assert_eq!(Signature::of(&signed("AWS4-HMAC-SHA256 Signature=0")), Signature::Incomplete);
    }
}
