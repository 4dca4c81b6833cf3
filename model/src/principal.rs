//! Principals: the receivers that a share or an image may name.

use std::fmt;

use serde::Serialize;
use smol_str::SmolStr;

use crate::{Account, Name, placeholder};

/// A principal, as a caller names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Principal {
    /// An account, by its id.
    Account(Account),
    /// An organization, by its ARN.
    Organization(Name),
    /// An organizational unit, by its ARN.
    OrganizationalUnit(Name),
    /// An IAM role in an account, by its ARN.
    Role(Account, Name),
    /// An IAM user in an account, by its ARN.
    User(Account, Name),
    /// A service, as `name.amazonaws.com`.
    Service(Name),
    /// Anything else, sent as it stands.
    Literal(SmolStr),
}

impl Principal {
    /// The principal that this text names in the forms of the RAM API; text in no such form is a
    /// [`Principal::Literal`], which is to say malformed.
    ///
    /// An organization or OU is named by the last part of its ARN, its id; a placeholder stands for an id of
    /// the world. Accepted forms:
    /// <https://docs.aws.amazon.com/ram/latest/APIReference/API_AssociateResourceShare.html>.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let known = Self::read_known(&placeholder::symbolic(text));
        known.unwrap_or_else(|| Self::Literal(text.into()))
    }

    /// Returns the account in the ARN that a text is; `None` if it is no ARN, or no account is in it.
    #[must_use]
    pub fn account_in_arn(text: &str) -> Option<Account> {
        placeholder::symbolic(text).split(':').nth(4).and_then(placeholder::account)
    }

    fn read_known(text: &str) -> Option<Self> {
        if let Some(account) = placeholder::account(text) {
            return Some(Self::Account(account));
        }
        if let Some(service) = text.strip_suffix(".amazonaws.com") {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            return (!service.is_empty() && service.bytes().all(plain))
                .then(|| Self::Service(service.into()));
        }
        let mut parts = text.splitn(6, ':');
        if (parts.next(), parts.next()) != (Some("arn"), Some("aws")) {
            return None;
        }
        let (service, _region, account, resource) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (kind, rest) = resource.split_once('/')?;
        let last = rest.rsplit('/').next().filter(|last| !last.is_empty())?;
        match (service, kind) {
            ("organizations", "organization") if last.starts_with("o-") => {
                Some(Self::Organization(placeholder::name(last)))
            }
            ("organizations", "ou") if last.starts_with("ou-") => {
                Some(Self::OrganizationalUnit(placeholder::name(last)))
            }
            ("iam", "role") => Some(Self::Role(placeholder::account(account)?, last.into())),
            ("iam", "user") => Some(Self::User(placeholder::account(account)?, last.into())),
            _ => None,
        }
    }

    /// The account that the principal is or lives in, where it is about a single account.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        match self {
            Self::Account(account) | Self::Role(account, _) | Self::User(account, _) => {
                Some(*account)
            }
            Self::Organization(_)
            | Self::OrganizationalUnit(_)
            | Self::Service(_)
            | Self::Literal(_) => None,
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(formatter, "{account}"),
            Self::Organization(name) => write!(formatter, "{name}"),
            Self::OrganizationalUnit(name) => write!(formatter, "ou:{name}"),
            Self::Role(account, name) => write!(formatter, "role:{account}/{name}"),
            Self::User(account, name) => write!(formatter, "user:{account}/{name}"),
            Self::Service(name) => write!(formatter, "service:{name}"),
            Self::Literal(text) => write!(formatter, "{text:?}"),
        }
    }
}

/// A source that a service principal of a share may act from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An account, by its id.
    Account(Account),
    /// An ARN, an organization's id, a path in an organization, or any other text.
    Text(SmolStr),
}

impl Source {
    /// The source that this text names.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let account = placeholder::account(&placeholder::symbolic(text));
        account.map_or_else(|| Self::Text(text.into()), Self::Account)
    }

    /// Whether it is in one of the forms that AWS documents.
    #[must_use]
    pub fn is_formed(&self) -> bool {
        match self {
            Self::Account(_) => true,
            Self::Text(text) => text.starts_with("arn:") || text.starts_with("o-"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => write!(formatter, "{account}"),
            Self::Text(text) => write!(formatter, "{text:?}"),
        }
    }
}

/// A launch permission of an image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaunchPermission {
    /// Everybody.
    All,
    /// An account.
    Account(Account),
    /// The accounts of an organization.
    Organization(Name),
    /// The accounts in an organizational unit and in those inside it.
    OrganizationalUnit(Name),
}

/// A managed permission: what a share lets its principals do with resources of one type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Managed {
    /// One that a step made.
    Customer(Name),
    /// The one of AWS that this resource type has by default.
    Default(SmolStr),
}

#[cfg(test)]
mod tests {
    use super::Principal;

    #[test]
    fn the_account_root_and_bare_ids_are_in_no_accepted_form() {
        for text in [
            "arn:aws:iam::111122223333:root",
            "o-exampleorgid",
            "ou-abcd-12345678",
            "x",
            "",
            "arn:aws:organizations::111122223333:ou/o-a",
        ] {
            assert!(matches!(Principal::read(text), Principal::Literal(_)), "{text}");
        }
    }

    #[test]
    fn arns_of_organizations_units_roles_and_users_are_read() {
        let read = |text| Principal::read(text).to_string();
        assert_eq!(read("arn:aws:organizations::111122223333:organization/o-a"), "o-a");
        assert_eq!(read("arn:aws:organizations::111122223333:ou/o-a/ou-b-c"), "ou:ou-b-c");
        assert_eq!(read("arn:aws:iam::111122223333:role/path/admin"), "role:111122223333/admin");
        assert_eq!(read("arn:aws:iam::111122223333:user/ada"), "user:111122223333/ada");
        assert_eq!(read("pca-connector.amazonaws.com"), "service:pca-connector");
        let unit = "arn:aws:organizations::${account:owner}:ou/${organization:id}/${ou:batch/id}";
        assert_eq!(read(unit), "ou:batch");
        assert_eq!(read("arn:aws:iam::${account:member}:role/admin"), "role:member/admin");
    }
}
