//! The accounts of a history, and which of them ever met: those that share with each other, or name what another
//! made, are followed together.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use bellwether_model::Account;
use rustc_hash::{FxHashMap, FxHasher};

use super::{followed, request};
use crate::history::{Answer, Event};

/// The most ids that are kept to tell which accounts met.
const MADE_MAX: usize = 1_800_000;

/// The accounts of a history.
#[derive(Clone, Debug, Default)]
pub struct Census {
    above: BTreeMap<Account, Account>,
    accounts: BTreeSet<Account>,
    callers: BTreeSet<Account>,
    /// The accounts that made or named something first, by the hash of its id.
    makers: FxHashMap<u64, Account>,
    /// Whether too much was made to tell which accounts met.
    have_all_met: bool,
    /// The format that the calls of an account are told in; `None` if there are several.
    told_in: BTreeMap<Account, Option<&'static str>>,
}

impl Census {
    /// Notes the accounts of an event in a format, and what it made or named.
    pub fn note(&mut self, event: &Event, format: &'static str) {
        let Some(caller) = event.caller else { return };
        let told_in = self.told_in.entry(caller).or_insert(Some(format));
        if *told_in != Some(format) {
            *told_in = None;
        }
        self.accounts.insert(caller);
        self.callers.insert(caller);
        if let Some(request) = &event.request {
            for member in ["principals", "principal", "Principal"] {
                let named = request.get(member);
                let listed = named.and_then(serde_json::Value::as_array).into_iter().flatten();
                for text in listed.chain(named).filter_map(serde_json::Value::as_str) {
                    if let Some(other) = Account::from_id(text) {
                        self.accounts.insert(other);
                        self.join(caller, other);
                    }
                }
            }
            // What is named here may be told to be made further on: files are read one after the other.
            let is_followed = followed::is_service(&event.service);
            for id in request::ids(request) {
                self.meet(caller, &id, is_followed && is_id(&id));
            }
        }
        let answered = &event.answer;
        if let Answer::Whole { status: 200..=299, body, .. } | Answer::Partly { body } = answered {
            let makes = request::operation(event).is_some_and(|info| !info.makes.is_empty());
            for id in body.split(is_between).filter(|text| is_id(text)) {
                self.meet(caller, id, makes);
            }
        }
    }

    /// Notes an id that a call names or makes, and keeps it where somebody else may name it.
    fn meet(&mut self, caller: Account, id: &str, is_kept: bool) {
        let mut hasher = FxHasher::default();
        // The id at the end of an ARN is the same one.
        id.rsplit('/').next().unwrap_or(id).hash(&mut hasher);
        match self.makers.get(&hasher.finish()).copied() {
            Some(first) => self.join(first, caller),
            None if is_kept && self.makers.len() < MADE_MAX => {
                self.makers.insert(hasher.finish(), caller);
            }
            // What is named from here on may be anybody's.
            None if is_kept => self.have_all_met = true,
            None => {}
        }
    }

    fn join(&mut self, one: Account, other: Account) {
        let (one, other) = (self.group(one), self.group(other));
        if one != other {
            self.above.insert(other, one);
        }
    }

    /// The account that stands for all that are followed together with this one.
    #[must_use]
    pub fn group(&self, account: Account) -> Account {
        let mut first = account;
        if self.have_all_met
            && let Some(any) = self.accounts.first()
        {
            return *any;
        }
        while let Some(above) = self.above.get(&first) {
            first = *above;
        }
        first
    }

    /// The accounts that are followed together with this one.
    #[must_use]
    pub fn members(&self, group: Account) -> BTreeSet<Account> {
        self.accounts.iter().copied().filter(|it| self.group(*it) == group).collect()
    }

    /// The groups in which the calls of an account are told in several formats: the same call may be told twice there.
    #[must_use]
    pub fn mixed(&self) -> BTreeSet<Account> {
        let mixed = self.told_in.iter().filter(|(_, format)| format.is_none());
        mixed.map(|(account, _)| self.group(*account)).collect()
    }

    /// The accounts whose calls are in the history.
    #[must_use]
    pub fn callers(&self) -> &BTreeSet<Account> {
        &self.callers
    }
}

/// Whether no id goes on here.
fn is_between(letter: char) -> bool {
    !(letter.is_ascii_alphanumeric() || "-:/_".contains(letter))
}

/// Whether a text is the id of something that one call made: at least eight hexadecimal digits behind a hyphen.
/// Images are there for many, and are not; a UUID by itself is the id of a request.
fn is_id(text: &str) -> bool {
    let last = text.rsplit('/').next().unwrap_or(text);
    let digits = last.rsplit('-').next().unwrap_or_default();
    is_of_a_zone(last)
        || last.contains('-')
            && digits.len() >= 8
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
            && !last.starts_with("ami-")
            && !(text.len() == UUID_LENGTH
                && text.bytes().filter(|letter| *letter == b'-').count() == 4)
}

/// Whether a text is the id of a hosted zone.
fn is_of_a_zone(text: &str) -> bool {
    let is_part = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    text.starts_with('Z') && text.len() >= 10 && text.bytes().all(is_part)
}

/// The length of a UUID as text.
const UUID_LENGTH: usize = 36;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_other_words() {
        for id in [
            "Z0123456789ABCDEFGHIJ",
            "subnet-0123456789abcdef0",
            "arn:aws:ram:us-east-1:1:resource-share/0-0-0-0-01234567",
        ] {
            assert!(is_id(id), "{id}");
        }
        for word in [
            "us-east-1",
            "use1-az1",
            "ami-0123456789abcdef0",
            "t3.nano",
            "2026-01-01",
            "01234567-89ab-cdef-0123-456789abcdef",
        ] {
            assert!(!is_id(word), "{word}");
        }
    }
}
