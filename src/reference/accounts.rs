//! The account of a request, read from its signature.

use bellwether_model::Account;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The beginning of an access key id of [`key_of`].
const ISSUED: &str = "ASIABELL";

/// The credential scope of a signature.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The access key id.
    pub key: &'a str,
    /// The region that is called.
    pub region: &'a str,
    /// The service that is called, by the name that it signs with.
    pub service: &'a str,
}

impl<'a> Scope<'a> {
    /// The scope of a request signed by version 4; `None` if it has none.
    ///
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>
    #[must_use]
    pub fn of(headers: &'a HeaderMap) -> Option<Self> {
        let signed = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let (_, credential) = signed.split_once("Credential=")?;
        let credential = credential.split([',', ' ']).next()?;
        let mut parts = credential.split('/');
        let (key, _date) = (parts.next()?, parts.next()?);
        Some(Self { key, region: parts.next()?, service: parts.next()? })
    }
}

/// The account that signs with this access key id: one that is 12 digits, or that
/// [`key_of`] made.
#[must_use]
pub fn account_of(key: &str) -> Option<Account> {
    Account::from_id(key.strip_prefix(ISSUED).unwrap_or(key))
}

/// The access key id that `AssumeRole` hands out for an account.
#[must_use]
pub fn key_of(account: Account) -> String {
    format!("{ISSUED}{account}")
}

#[cfg(test)]
mod tests {
    use bellwether_model::Account;
    use http::{HeaderMap, HeaderValue};

    use super::{Scope, account_of, key_of};

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
    fn the_scope_is_read_from_the_signature() {
        let mut headers = HeaderMap::new();
        assert_eq!(Scope::of(&headers), None);
        let signed = "AWS4-HMAC-SHA256 Credential=111122223333/20260101/eu-west-1/ram/aws4_request, SignedHeaders=host, Signature=0";
        headers.insert("authorization", HeaderValue::from_static(signed));
        let scope = Scope { key: "111122223333", region: "eu-west-1", service: "ram" };
        assert_eq!(Scope::of(&headers), Some(scope));
    }
}
