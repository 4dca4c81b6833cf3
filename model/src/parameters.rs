//! Parameters: how a call's fields are written in a scenario, read back, and walked.
//!
//! An operation declares its fields once with `operation!`; the
//! notation, the list of operations and the shrinker all work from that declaration.

mod declaration;
mod principal;
mod reference;
mod token;
mod value;

use smol_str::SmolStr;

use crate::{Account, Name, Region};

pub(crate) use declaration::operation;
pub use reference::{Groups, InvitationRef, Reference};
pub use token::ClientToken;
pub use value::{Few, Tag, Value, is_name, is_word};

/// Returns a bare value with other words in place of some; `None` if there are none for it.
///
/// The words of `invitation:SHARE/ACTOR`, `role:ACTOR/NAME` and `user:ACTOR/NAME` are replaced one
/// by one, as far as a bare word stands in their place.
pub(crate) fn reworded(text: &str, other: &impl Fn(&str) -> Option<Value>) -> Option<Value> {
    let Some((form @ ("invitation" | "role" | "user"), rest)) = text.split_once(':') else {
        return other(text);
    };
    // What stands behind the account is text of its own.
    let words = if form == "invitation" { 2 } else { 1 };
    let mut changed = false;
    let parts = rest.split('/').enumerate().map(|(place, word)| {
        let other = if place < words { other(word) } else { None };
        let bare = other.filter(|value| !value.quoted);
        changed |= bare.is_some();
        bare.map_or_else(|| SmolStr::new(word), |value| value.text)
    });
    let parts = parts.collect::<Vec<_>>().join("/");
    changed.then(|| Value::bare(format!("{form}:{parts}")))
}

/// Returns the actor that a value names: by itself, in `role:` and `user:`, or in `invitation:`.
#[must_use]
pub fn actor_in(value: &Value) -> Option<Account> {
    let text = value.text.as_str();
    let word = match text.split_once(':') {
        Some(("role" | "user", rest)) => rest.split('/').next(),
        Some(("invitation", rest)) => rest.split('/').nth(1),
        Some(_) | None => Some(text),
    };
    word.and_then(Account::actor).filter(|_| !value.quoted)
}

/// Whether a parameter takes any text as it is, so that an actor's name in it names nobody.
#[must_use]
pub fn is_text(parameters: &[ParameterInfo], key: &str) -> bool {
    let texts = [SmolStr::EXPECTED, <Vec<SmolStr>>::EXPECTED];
    parameters.iter().any(|it| it.key == key && texts.contains(&it.expected))
}

/// A call's fields in the order of their declaration, those at their default left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The Region in which the call is made.
    pub region: Region,
    /// The resource that the call is about, if it is about one.
    pub subject: Option<Value>,
    /// The other fields, each with at least one value.
    pub named: Vec<(SmolStr, Vec<Value>)>,
}

/// An error of arguments that do not make a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentError {
    /// A parameter that the operation requires is not given.
    KeyMissing {
        /// The parameter.
        key: &'static str,
    },
    /// The operation needs a subject, and none is given.
    SubjectMissing {
        /// The valid subjects.
        expected: &'static str,
    },
    /// A subject is given to an operation that takes none.
    SubjectUnexpected,
    /// The operation has no such parameter.
    UnknownKey {
        /// The key as written.
        key: SmolStr,
    },
    /// A parameter is given twice.
    RepeatedKey {
        /// The key as written.
        key: SmolStr,
    },
    /// A value does not fit its parameter. The key is empty for the subject.
    BadValue {
        /// The parameter.
        key: SmolStr,
        /// The index of the value, counted from 0.
        index: usize,
        /// The valid values.
        expected: &'static str,
    },
}

/// A parameter of an operation, for lists, messages and completions.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ParameterInfo {
    /// The API's own name of the parameter; empty for the subject.
    pub key: &'static str,
    /// The valid values.
    pub expected: &'static str,
}

/// A type that a parameter may have.
pub trait Parameter: Sized + PartialEq + Default {
    /// The valid values, as a phrase for messages.
    const EXPECTED: &'static str;

    /// Whether a call has to give it.
    const REQUIRED: bool = false;

    /// Reads the values of one key.
    ///
    /// # Errors
    ///
    /// The index of the first value that does not fit.
    fn read(values: &[Value]) -> Result<Self, usize>;

    /// The values that read back as this; none for the default.
    fn write(&self) -> Vec<Value>;

    /// The names of resources that the parameter mentions.
    fn names<'a>(&'a self, _found: &mut Vec<&'a Name>) {}

    /// The parameter itself, where it is the token of the call.
    fn token(&self) -> Option<&ClientToken> {
        None
    }

    /// The same, to be changed.
    fn token_mut(&mut self) -> Option<&mut ClientToken> {
        None
    }
}

/// The methods that `operation!` gives an operation.
pub trait Written: Sized {
    /// The API's own name of the operation.
    const NAME: &'static str;

    /// The parameters, the subject first.
    const PARAMETERS: &'static [ParameterInfo];

    /// Reads a call from its arguments.
    ///
    /// # Errors
    ///
    /// The first argument that does not fit.
    fn read(arguments: &Arguments) -> Result<Self, ArgumentError>;

    /// The arguments that read back as this call.
    fn write(&self) -> Arguments;

    /// The names of resources that the call mentions, repeats included.
    fn names(&self) -> Vec<&Name>;

    /// Returns the idempotency token of the call, if the operation takes one.
    fn client_token(&self) -> Option<&ClientToken>;

    /// The same, to be changed.
    fn client_token_mut(&mut self) -> Option<&mut ClientToken>;
}

/// Refuses keys that the operation does not have, or has had already.
pub(crate) fn check_keys<T: Written>(arguments: &Arguments) -> Result<(), ArgumentError> {
    if arguments.subject.is_some() && !T::PARAMETERS.iter().any(|known| known.key.is_empty()) {
        return Err(ArgumentError::SubjectUnexpected);
    }
    for (place, (key, _)) in arguments.named.iter().enumerate() {
        if key.is_empty() || !T::PARAMETERS.iter().any(|known| known.key == key) {
            return Err(ArgumentError::UnknownKey { key: key.clone() });
        }
        if arguments.named[..place].iter().any(|(earlier, _)| earlier == key) {
            return Err(ArgumentError::RepeatedKey { key: key.clone() });
        }
    }
    Ok(())
}

pub(crate) fn read_subject<T: Parameter>(arguments: &Arguments) -> Result<T, ArgumentError> {
    let missing = ArgumentError::SubjectMissing { expected: T::EXPECTED };
    let value = arguments.subject.as_ref().ok_or(missing)?;
    T::read(std::slice::from_ref(value)).map_err(|index| ArgumentError::BadValue {
        key: SmolStr::default(),
        index,
        expected: T::EXPECTED,
    })
}

pub(crate) fn read_key<T: Parameter>(
    arguments: &Arguments,
    key: &'static str,
) -> Result<T, ArgumentError> {
    let Some((_, values)) = arguments.named.iter().find(|(given, _)| given == key) else {
        let missing = ArgumentError::KeyMissing { key };
        return if T::REQUIRED { Err(missing) } else { Ok(T::default()) };
    };
    T::read(values).map_err(|index| ArgumentError::BadValue {
        key: key.into(),
        index,
        expected: T::EXPECTED,
    })
}

/// Adds a field with its key, unless it is at its default.
pub(crate) fn with_key<T: Parameter>(
    mut named: Vec<(SmolStr, Vec<Value>)>,
    key: &'static str,
    field: &T,
) -> Vec<(SmolStr, Vec<Value>)> {
    if T::REQUIRED || *field != T::default() {
        let values = field.write();
        named.extend((!values.is_empty()).then(|| (SmolStr::new_static(key), values)));
    }
    named
}

/// Adds the names of resources that a field mentions.
pub(crate) fn with_names_of<'a, T: Parameter>(
    mut found: Vec<&'a Name>,
    field: &'a T,
) -> Vec<&'a Name> {
    field.names(&mut found);
    found
}
