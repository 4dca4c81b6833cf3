//! Parameters that name principals, and where they act from.

use super::Parameter;
use super::value::{Value, is_word, single};
use crate::principal::Source;
use crate::{Account, Name, Principal};

impl Principal {
    /// The forms of a principal in a scenario.
    pub const EXPECTED: &'static str = "an actor, organization, ou:NAME, role:ACTOR/NAME, \
         user:ACTOR/NAME, service:NAME or a quoted text";

    /// Reads a principal as a scenario writes it.
    #[must_use]
    pub fn read_value(value: &Value) -> Option<Self> {
        let text = value.text.as_str();
        if value.quoted {
            return Some(
                Account::from_id(text)
                    .map_or_else(|| Self::Literal(value.text.clone()), Self::Account),
            );
        }
        if text == "organization" {
            return Some(Self::Organization(text.into()));
        }
        let Some((kind, rest)) = text.split_once(':') else {
            return Account::actor(text).map(Self::Account);
        };
        let identity = || {
            let (actor, name) = rest.split_once('/')?;
            Some((Account::actor(actor)?, Name::new(name)))
                .filter(|(_, name)| is_word(name.as_str()))
        };
        match kind {
            "ou" => is_word(rest).then(|| Self::OrganizationalUnit(rest.into())),
            "role" => identity().map(|(actor, name)| Self::Role(actor, name)),
            "user" => identity().map(|(actor, name)| Self::User(actor, name)),
            "service" => is_word(rest).then(|| Self::Service(rest.into())),
            _ => None,
        }
    }

    /// The value that reads back as this principal.
    #[must_use]
    pub fn write_value(&self) -> Value {
        match self {
            Self::Account(account) if !account.is_actor() => Value::quoted(account.to_string()),
            Self::Literal(text) => Value::quoted(text),
            Self::Account(_)
            | Self::Organization(_)
            | Self::OrganizationalUnit(_)
            | Self::Role(..)
            | Self::User(..)
            | Self::Service(_) => Value::bare(self.to_string()),
        }
    }
}

impl Parameter for Vec<Principal> {
    const EXPECTED: &'static str = Principal::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value)| Principal::read_value(value).ok_or(index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Principal::write_value).collect()
    }
}

impl Source {
    fn read_value(value: &Value) -> Option<Self> {
        if value.quoted {
            Some(Self::read(&value.text))
        } else {
            Account::actor(&value.text).map(Self::Account)
        }
    }

    fn write_value(&self) -> Value {
        match self {
            Self::Account(account) if account.is_actor() => Value::bare(account.to_string()),
            Self::Account(account) => Value::quoted(account.to_string()),
            Self::Text(text) => Value::quoted(text),
        }
    }
}

impl Parameter for Vec<Source> {
    const EXPECTED: &'static str = "actors, or quoted texts, separated by commas";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value)| Source::read_value(value).ok_or(index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Source::write_value).collect()
    }
}

impl Parameter for Option<Source> {
    const EXPECTED: &'static str = "an actor or a quoted text";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Source::read_value).map(Some)
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Source::write_value).collect()
    }
}

impl Parameter for Option<Principal> {
    const EXPECTED: &'static str = Principal::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Principal::read_value).map(Some)
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Principal::write_value).collect()
    }
}
