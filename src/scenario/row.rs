//! Rows and fields as claims name them.

use bellwether_model::answer::{Expected, Key, Value as Observed};
use bellwether_model::parameters::Value;
use bellwether_model::principal::{LaunchPermission, Managed, Source};
use bellwether_model::{Account, Principal};
use smol_str::SmolStr;

/// The value that claims that a field is left out.
pub(super) const ABSENT: &str = "absent";

/// A field of a reply or a row, with the value that it is claimed to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldClaim {
    /// The API's own name.
    pub name: SmolStr,
    /// The value; several are a list in any order, and the bare word `absent` is none.
    pub values: Vec<Value>,
}

impl FieldClaim {
    /// The field that holds what the model expects; `None` if no claim can say it.
    #[must_use]
    pub(crate) fn of(name: &str, expected: &Expected) -> Option<Self> {
        let values = match expected {
            Expected::OneOf(words) => vec![Value::quoted(words.first()?)],
            Expected::Text(text) => vec![Value::quoted(text)],
            Expected::Flag(flag) => vec![Value::bare(flag.to_string())],
            Expected::Account(account) => vec![account_word(*account)],
            Expected::Set(texts) if texts.is_empty() => return None,
            Expected::Set(texts) => texts.iter().map(Value::quoted).collect(),
            Expected::Absent => vec![Value::bare(ABSENT)],
            Expected::AtMost(_) | Expected::Present => return None,
        };
        let plain = |value: Value| {
            if value.quoted && value.text != ABSENT { Value::text(&value.text) } else { value }
        };
        Some(Self { name: name.into(), values: values.into_iter().map(plain).collect() })
    }

    /// The status of a row.
    #[must_use]
    pub(crate) fn status(word: &str) -> Self {
        Self { name: "status".into(), values: vec![Value::bare(word)] }
    }

    /// Whether it claims that the field is left out.
    pub(crate) fn is_absent(&self) -> bool {
        self.values == [Value::bare(ABSENT)]
    }

    /// Whether an expected value is the claimed one; `None` if the model leaves that undecided.
    ///
    /// AWS may show one of several words: then the first is the settled one, and a claim of another
    /// is undecided.
    #[must_use]
    pub(super) fn is_expected(&self, expected: &Expected) -> Option<bool> {
        match expected {
            Expected::Absent => Some(self.is_absent()),
            Expected::Present if !self.is_absent() => None,
            _ if self.is_absent() => Some(false),
            Expected::OneOf(words) => match words.iter().position(|word| self.is_text(word)) {
                Some(0) => Some(true),
                Some(_) => None,
                None => Some(false),
            },
            Expected::Text(text) => Some(self.is_text(text)),
            Expected::Flag(flag) => Some(self.is_text(&flag.to_string())),
            Expected::Account(account) => Some(self.values == [account_word(*account)]),
            Expected::Set(texts) => Some(self.is_set(texts)),
            Expected::AtMost(most) => match self.number() {
                Some(number) if number <= *most => None,
                Some(_) | None => Some(false),
            },
            Expected::Present => Some(false),
        }
    }

    /// Whether an observed value is the claimed one.
    #[must_use]
    pub(crate) fn is_observed(&self, value: &Observed) -> bool {
        match value {
            Observed::Missing => self.is_absent(),
            _ if self.is_absent() => false,
            Observed::Text(text) => self.is_text(text),
            Observed::Flag(flag) => self.is_text(&flag.to_string()),
            Observed::Account(account) => self.values == [account_word(*account)],
            Observed::Set(texts) => self.is_set(texts),
            Observed::Number(number) => self.number() == Some(*number),
        }
    }

    fn is_text(&self, text: &str) -> bool {
        matches!(self.values.as_slice(), [value] if value.text == text)
    }

    fn is_set(&self, texts: &[SmolStr]) -> bool {
        let mut claimed: Vec<&str> = self.values.iter().map(|value| value.text.as_str()).collect();
        let mut texts: Vec<&str> = texts.iter().map(SmolStr::as_str).collect();
        claimed.sort_unstable();
        texts.sort_unstable();
        claimed == texts
    }

    fn number(&self) -> Option<usize> {
        match self.values.as_slice() {
            [value] => value.text.parse().ok(),
            [] | [_, _, ..] => None,
        }
    }
}

fn account_word(account: Account) -> Value {
    if account.is_actor() {
        Value::bare(account.to_string())
    } else {
        Value::quoted(account.to_string())
    }
}

/// Returns the value by which a claim names a row. Rows of one list differ in it, but for those of an
/// association, which are told apart by the share that the list asks for.
#[must_use]
pub(crate) fn row_word(key: &Key) -> Value {
    match key {
        Key::Resource(name)
        | Key::Share(name)
        | Key::ResourceAssociation(_, name)
        | Key::Managed(Managed::Customer(name))
        | Key::Replacement(name) => Value::bare(name.as_str()),
        Key::Principal(_, principal) => principal.write_value(),
        Key::Source(_, Source::Text(text)) => Value::quoted(text),
        Key::Invitation(share, receiver, _) => {
            Value::bare(format!("invitation:{share}/{receiver}"))
        }
        Key::Permission(LaunchPermission::All) => Value::bare("all"),
        Key::Source(_, Source::Account(account))
        | Key::Permission(LaunchPermission::Account(account)) => account_word(*account),
        Key::Permission(LaunchPermission::Organization(name)) => {
            Principal::Organization(name.clone()).write_value()
        }
        Key::Permission(LaunchPermission::OrganizationalUnit(name)) => {
            Principal::OrganizationalUnit(name.clone()).write_value()
        }
        Key::Type(name) | Key::Attached(_, name) => Value::bare(name),
        Key::Managed(Managed::Default(of_type)) => Value::bare(format!("default:{of_type}")),
        Key::Version(name, number) => Value::bare(format!("{name}:{number}")),
    }
}
