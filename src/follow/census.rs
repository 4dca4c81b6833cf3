//! The accounts of a history, and which of them ever met: those that share with each other, or name what another
//! made, are followed together.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use bellwether_model::Account;
use rustc_hash::{FxHashMap, FxHasher};

use super::request;
use crate::history::{Answer, Event, only_reads};

/// The accounts of a history.
#[derive(Clone, Debug, Default)]
pub struct Census {
    above: BTreeMap<Account, Account>,
    accounts: BTreeSet<Account>,
    callers: BTreeSet<Account>,
    /// The accounts in whose calls ids first appeared, by the hash of the id.
    makers: FxHashMap<u64, Account>,
}

impl Census {
    /// Notes the accounts of an event, and what it made or named.
    pub fn note(&mut self, event: &Event) {
        let Some(caller) = event.caller else { return };
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
            for id in request::ids(request) {
                self.meet(caller, &id, false);
            }
        }
        let answered = &event.answer;
        if let Answer::Whole { status: 200..=299, body, .. } | Answer::Partly { body } = answered {
            let makes = !only_reads(&event.operation);
            for id in body.split(is_between).filter(|text| is_id(text)) {
                self.meet(caller, id, makes);
            }
        }
    }

    /// Notes an id that a call names or makes.
    fn meet(&mut self, caller: Account, id: &str, makes: bool) {
        let mut hasher = FxHasher::default();
        // The id at the end of an ARN is the same one.
        id.rsplit('/').next().unwrap_or(id).hash(&mut hasher);
        match self.makers.get(&hasher.finish()).copied() {
            Some(first) => self.join(first, caller),
            None if makes => {
                self.makers.insert(hasher.finish(), caller);
            }
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
/// Images are there for many, and are not.
fn is_id(text: &str) -> bool {
    let last = text.rsplit('/').next().unwrap_or(text);
    let digits = last.rsplit('-').next().unwrap_or_default();
    last.contains('-')
        && digits.len() >= 8
        && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        && !last.starts_with("ami-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_other_words() {
        for id in
            ["subnet-0123456789abcdef0", "arn:aws:ram:us-east-1:1:resource-share/0-0-0-0-01234567"]
        {
            assert!(is_id(id), "{id}");
        }
        for word in ["us-east-1", "use1-az1", "ami-0123456789abcdef0", "t3.nano", "2026-01-01"] {
            assert!(!is_id(word), "{word}");
        }
    }
}
