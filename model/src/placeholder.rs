//! Placeholders in literals: ids that a run has, and that a scenario can't know.
//!
//! `${account:ACTOR}`, `${organization:id}` and `${ou:NAME/id}` stand for an account, for the organization
//! and for a unit of the world inside a text that is sent as it is otherwise: a wrong ARN can be built of
//! right parts. Any other `${...}` is text.

use std::borrow::Cow;
use std::ops::Range;

use crate::{Account, Name};

/// The name of the organization in a scenario's world.
pub const ORGANIZATION: &str = "organization";

/// An id of the world that a literal asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// The id of an account: `account:ACTOR`.
    Account(Account),
    /// The id of the organization: `organization:id`.
    Organization,
    /// The id of a unit: `ou:NAME/id`.
    Unit(Name),
}

/// A placeholder in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The bytes of the whole placeholder.
    pub place: Range<usize>,
    /// What stands between the braces.
    pub written: &'a str,
    /// The id that it asks for; `None` if it begins as a placeholder does and is none.
    pub asks_for: Option<Placeholder>,
}

const BEGIN: &str = "${";
const ACCOUNT: &str = "account:";
const UNIT: &str = "ou:";
const ID: &str = "id";

/// What an actor's id begins with where the model reads it, and what its organization's and units' do. No
/// id of AWS has a dot.
const SYMBOLIC_ACCOUNT: &str = "actor.";
const SYMBOLIC_ORGANIZATION: &str = "o-.";
const SYMBOLIC_UNIT: &str = "ou-.";

/// Whether what stands between braces begins as a placeholder does.
fn is_meant_as_one(written: &str) -> bool {
    [ACCOUNT, UNIT].iter().any(|begin| written.starts_with(begin))
        || written.strip_prefix(ORGANIZATION).is_some_and(|rest| rest.starts_with(':'))
}

/// Reads what stands between the braces; `None` if that is no placeholder.
fn read(written: &str) -> Option<Placeholder> {
    if let Some(actor) = written.strip_prefix(ACCOUNT) {
        return Account::actor(actor).map(Placeholder::Account);
    }
    let (named, what) = written.split_once(':')?;
    if named == ORGANIZATION {
        return (what == ID).then_some(Placeholder::Organization);
    }
    let (unit, what) = written.strip_prefix(UNIT)?.split_once('/')?;
    (what == ID).then(|| Placeholder::Unit(unit.into()))
}

/// Returns the placeholders of a text, in their order.
pub fn all(text: &str) -> impl Iterator<Item = Found<'_>> {
    text.match_indices(BEGIN).filter_map(|(begin, _)| {
        let inside = &text[begin + BEGIN.len()..];
        let written = &inside[..inside.find('}')?];
        let place = begin..begin + BEGIN.len() + written.len() + 1;
        is_meant_as_one(written).then(|| Found { place, written, asks_for: read(written) })
    })
}

/// The placeholder as it stands between the braces.
impl std::fmt::Display for Placeholder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Account(account) => write!(formatter, "{ACCOUNT}{account}"),
            Self::Organization => write!(formatter, "{ORGANIZATION}:{ID}"),
            Self::Unit(unit) => write!(formatter, "{UNIT}{unit}/{ID}"),
        }
    }
}

/// Returns the text with ids in place of its placeholders.
#[must_use]
pub fn filled(text: &str, id: impl Fn(&Placeholder) -> String) -> Cow<'_, str> {
    let mut filled = String::new();
    let mut done = 0;
    for Found { place, asks_for, .. } in all(text) {
        let Some(placeholder) = asks_for else { continue };
        filled.push_str(&text[done..place.start]);
        filled.push_str(&id(&placeholder));
        done = place.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    filled.push_str(&text[done..]);
    Cow::Owned(filled)
}

/// Returns the text as the model reads it: with a symbol in place of each placeholder.
pub(crate) fn symbolic(text: &str) -> Cow<'_, str> {
    filled(text, |placeholder| match placeholder {
        Placeholder::Account(account) => format!("{SYMBOLIC_ACCOUNT}{account}"),
        Placeholder::Organization => format!("{SYMBOLIC_ORGANIZATION}{ORGANIZATION}"),
        Placeholder::Unit(unit) => format!("{SYMBOLIC_UNIT}{unit}"),
    })
}

/// The account that a part of a symbolic text names, by its symbol or by twelve digits.
pub(crate) fn account(part: &str) -> Option<Account> {
    match part.strip_prefix(SYMBOLIC_ACCOUNT) {
        Some(actor) => Account::actor(actor),
        None => Account::from_id(part),
    }
}

/// The name of the organization or unit that a part of a symbolic text is the id of.
pub(crate) fn name(part: &str) -> Name {
    let symbols = [SYMBOLIC_ORGANIZATION, SYMBOLIC_UNIT];
    let named = symbols.into_iter().find_map(|symbol| part.strip_prefix(symbol));
    named.unwrap_or(part).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_take_the_place_of_placeholders_and_of_nothing_else() {
        let text = "arn:aws:organizations::${account:owner}:ou/${organization:id}/${ou:batch/id}";
        assert_eq!(
            filled(text, |it| format!("<{it}>")),
            "arn:aws:organizations::<account:owner>:ou/<organization:id>/<ou:batch/id>"
        );
        for text in ["${aws:username}", "${account:owner", "$account:owner}", "plain"] {
            assert_eq!(all(text).next(), None, "{text}");
            assert_eq!(filled(text, |_| "id".to_owned()), text);
        }
    }

    #[test]
    fn what_begins_as_a_placeholder_and_is_none_is_found() {
        for text in ["x${account:nobody}", "${ou:batch}", "${organization:arn}"] {
            let found = all(text).next().expect(text);
            assert_eq!(found.asks_for, None, "{text}");
            assert_eq!(found.place.end, text.len());
        }
    }
}
