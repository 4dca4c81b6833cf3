//! Accounts, by the part they play in a scenario or by their twelve digits.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// An AWS account.
///
/// In a scenario it is one of the actors of the world; in front of a server it is its
/// 12-digit id. Both are one small number, so that worlds stay cheap to read and copy.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(u64);

/// The actors of scenarios; an actor's number is its place in this list.
const ACTORS: [&str; 7] =
    ["owner", "consumer", "stranger", "management", "member", "sibling", "outsider"];

impl Account {
    /// The account that shares: standalone, or in `ou:platform`.
    pub const OWNER: Self = Self(0);
    /// The account shared with in a standalone world.
    pub const CONSUMER: Self = Self(1);
    /// An account that nothing is meant for, outside any organization.
    pub const STRANGER: Self = Self(2);
    /// The organization's management account, directly under the root.
    pub const MANAGEMENT: Self = Self(3);
    /// A member of the organization in `ou:workloads`.
    pub const MEMBER: Self = Self(4);
    /// A member of the organization in `ou:batch`, inside `ou:workloads`.
    pub const SIBLING: Self = Self(5);
    /// An account outside the organization that resources may be shared with.
    pub const OUTSIDER: Self = Self(6);

    /// Returns the account with this 12-digit id; `None` if the text is not such an id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let digits = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
        let number: u64 = digits.then(|| id.parse().ok())??;
        (number >= ACTORS.len() as u64).then_some(Self(number))
    }

    /// The actor of this name.
    #[must_use]
    pub fn actor(name: &str) -> Option<Self> {
        ACTORS.iter().position(|actor| *actor == name).map(|place| Self(place as u64))
    }

    /// The names of all actors, in the order of their constants.
    #[must_use]
    pub fn actors() -> &'static [&'static str] {
        &ACTORS
    }

    /// Whether this is an actor of a scenario rather than a 12-digit id.
    #[must_use]
    pub fn is_actor(self) -> bool {
        self.0 < ACTORS.len() as u64
    }
}

/// An actor's name, or the 12 digits.
impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match usize::try_from(self.0).ok().and_then(|place| ACTORS.get(place)) {
            Some(actor) => formatter.pad(actor),
            None => write!(formatter, "{:012}", self.0),
        }
    }
}

impl FromStr for Account {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::actor(text).or_else(|| Self::from_id(text)).ok_or(())
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn an_actor_and_an_id_read_back_as_they_print() {
        for account in
            [Account::OWNER, Account::OUTSIDER, Account::from_id("111122223333").unwrap()]
        {
            assert_eq!(account.to_string().parse(), Ok(account));
        }
    }

    #[test]
    fn an_id_has_twelve_digits() {
        assert_eq!(Account::from_id("12345678901"), None);
        assert_eq!(Account::from_id("12345678901a"), None);
        assert_eq!(Account::from_id("000000000001"), None, "an actor's number is not an id");
    }
}
