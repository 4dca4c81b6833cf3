//! The tally of a run: its coverage, and the rules that it may claim as conforming.
//!
//! No verdict is vacuous. A refusal counts for its rule only where the target has granted the
//! same operation at some time; something hidden counts only where it was seen, by the same
//! account where the rule is about an end; an empty list counts for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bellwether_model::answer::{Key, Row, Undecided, Value};
use bellwether_model::judge::{Cause, Indeterminate, Observation};
use bellwether_model::rules::{Rule, invitation, permission, target};
use bellwether_model::view::is_revoked;
use bellwether_model::{Account, Answer};
use serde::{Deserialize, Serialize};

/// Numbers of observations by rule and operation.
type Counts = BTreeMap<(&'static str, &'static str), u64>;

/// Counts of one or more plays. As data they are those of a run: what accounts have seen is of one play.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Other observations that conform, by rule and operation.
    #[serde(with = "pairs")]
    conforms: Counts,
    diverges: BTreeMap<&'static str, u64>,
    /// Refusals that conform, by rule and operation.
    #[serde(with = "pairs")]
    refusals: Counts,
    /// Conforming absences of what nobody is ever to see, by rule and operation.
    #[serde(with = "pairs")]
    absences: Counts,
    /// Rows hidden from one account and seen by another. They show something only of a target
    /// that ever shows an account what belongs to another.
    #[serde(with = "pairs")]
    hidden: Counts,
    #[serde(borrow)]
    granted: BTreeSet<&'static str>,
    /// The operations that were answered in a way that can be read.
    readable: BTreeSet<&'static str>,
    listed: BTreeSet<&'static str>,
    unimplemented: BTreeMap<&'static str, String>,
    /// Answers where a rule is open, by rule, operation and answer.
    #[serde(with = "pairs")]
    open: BTreeMap<(&'static str, &'static str, String), u64>,
    faults: FaultsMet,
    settling: BTreeMap<&'static str, Vec<u32>>,
    #[serde(skip)]
    seen: BTreeSet<(Account, Key)>,
    /// The rows that lists have shown.
    seen_at_all: u64,
    answers: Answers,
    foreign: Foreign,
}

/// The transient faults of one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    /// The number of requests that met one.
    pub times: u64,
    /// The first of them, as an example.
    pub first: String,
}

/// The transient faults met, by cause.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct FaultsMet(BTreeMap<Cause, Faults>);

impl FaultsMet {
    /// Adds a fault.
    pub(super) fn note(&mut self, fault: &Indeterminate) {
        let met = self.0.entry(fault.cause);
        met.or_insert_with(|| Faults { times: 0, first: fault.detail.clone() }).times += 1;
    }

    /// Adds the faults of another play, which came after these.
    fn merge(&mut self, other: Self) {
        for (cause, Faults { times, first }) in other.0 {
            self.0.entry(cause).or_insert(Faults { times: 0, first }).times += times;
        }
    }
}

/// The answers to calls, counted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Answers {
    granted: u64,
    /// Granted, with an answer that lacks what every answer has.
    malformed: u64,
    refused: BTreeMap<String, u64>,
}

/// The rows about what belongs to one account, as others saw them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Foreign {
    /// It had to be listed, and was.
    shown: u64,
    /// It had to be listed, and was not.
    lost: u64,
    /// It must not be listed, and was not.
    hidden: u64,
    /// It must not be listed, and was.
    leaked: u64,
}

/// The number of observations that a systemic fault has to be based on.
const TELLING: u64 = 20;

/// The most settling times that are kept of one rule.
const SETTLING_KEPT: usize = 1_000;

impl Tally {
    pub(super) fn answered(&mut self, operation: &'static str, observation: &Observation) {
        if matches!(observation, Observation::Granted(_) | Observation::Refused { .. }) {
            *self.conforms.entry((target::ANSWERS.name, operation)).or_default() += 1;
        }
        match observation {
            Observation::Granted(observed) => {
                self.answers.granted += 1;
                self.readable.insert(operation);
                self.granted.insert(operation);
                if !observed.rows.is_empty() {
                    self.listed.insert(operation);
                }
            }
            Observation::Refused { code, .. } => {
                self.readable.insert(operation);
                *self.answers.refused.entry(code.to_string()).or_default() += 1;
            }
            Observation::Malformed(_) => self.answers.malformed += 1,
            Observation::Unimplemented(how) => {
                self.unimplemented.entry(operation).or_insert_with(|| how.clone());
            }
            Observation::Indeterminate(_) | Observation::Unsendable(_) => {}
        }
    }

    pub(super) fn conform(
        &mut self,
        account: Account,
        operation: &'static str,
        expected: &Answer,
        observation: &Observation,
        conforms: &[(&'static Rule, Option<Key>)],
    ) {
        for (rule, key) in conforms {
            match expected {
                Answer::Refused(_) => {
                    *self.refusals.entry((rule.name, operation)).or_default() += 1;
                }
                Answer::Granted(reply) => {
                    let row = reply.rows.iter().find(|row| Some(&row.key) == key.as_ref());
                    let hidden = row.is_some_and(|row| !row.present);
                    if let (true, Some(key)) = (hidden, key) {
                        self.hide(account, operation, rule, key);
                    } else if key.is_some() || !is_empty_list(observation, reply.rows.is_empty()) {
                        *self.conforms.entry((rule.name, operation)).or_default() += 1;
                    }
                }
                Answer::Open(_) => {}
            }
        }
    }

    fn hide(&mut self, account: Account, operation: &'static str, rule: &Rule, key: &Key) {
        if self.seen.contains(&(account, key.clone())) {
            *self.conforms.entry((rule.name, operation)).or_default() += 1;
        } else if is_revoked(rule) {
            // It was never there to be taken away.
        } else if is_about_what_never_was(rule, key) {
            *self.absences.entry((rule.name, operation)).or_default() += 1;
        } else if self.seen.iter().any(|(_, seen)| seen == key) {
            *self.hidden.entry((rule.name, operation)).or_default() += 1;
        }
    }

    pub(super) fn diverge(&mut self, rule: &Rule) {
        *self.diverges.entry(rule.name).or_default() += 1;
    }

    pub(super) fn left_open(
        &mut self,
        open: &Undecided,
        operation: &'static str,
        observation: &Observation,
    ) {
        let answer = match observation {
            Observation::Granted(_) => "granted".to_owned(),
            Observation::Refused { code, .. } => code.to_string(),
            Observation::Malformed(_)
            | Observation::Indeterminate(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => return,
        };
        for rule in &open.rules {
            self.open(rule, operation, answer.clone());
        }
    }

    pub(super) fn open(&mut self, rule: &Rule, operation: &'static str, answer: String) {
        *self.open.entry((rule.name, operation, answer)).or_default() += 1;
    }

    /// Adds the transient faults that a play met.
    pub(super) fn meet(&mut self, faults: FaultsMet) {
        self.faults.merge(faults);
    }

    pub(super) fn settled(&mut self, rule: &Rule, waited: Duration) {
        let kept = self.settling.entry(rule.name).or_default();
        if kept.len() < SETTLING_KEPT {
            kept.push(u32::try_from(waited.as_millis()).unwrap_or(u32::MAX));
        }
    }

    /// Takes note of how a row about what belongs to another account was listed.
    pub(super) fn foreign_row(&mut self, row: &Row, listed: bool) {
        match (row.present, listed) {
            _ if !row.judged => {}
            (true, true) => self.foreign.shown += 1,
            (true, false) => self.foreign.lost += 1,
            (false, false) => self.foreign.hidden += 1,
            (false, true) => self.foreign.leaked += 1,
        }
    }

    /// Returns a sentence about a systemic fault of the target, if there is one: it refuses all,
    /// answers with nothing, or does not keep accounts apart.
    #[must_use]
    pub fn systemic(&self) -> Option<String> {
        let Answers { granted, malformed, refused } = &self.answers;
        let refusals: u64 = refused.values().sum();
        if *granted == 0 && *malformed == 0 && refusals >= TELLING {
            let codes: Vec<_> = refused.keys().map(String::as_str).collect();
            let codes = codes.join(", ");
            return Some(format!("it refuses every call ({refusals} of {refusals}, with {codes})"));
        }
        if *malformed >= TELLING && self.seen_at_all == 0 {
            return Some(format!(
                "it grants every call and answers with nothing: {malformed} answers lack what every answer has, and no list shows anything"
            ));
        }
        let Foreign { shown, lost, hidden, leaked } = self.foreign;
        if shown == 0 && lost >= TELLING {
            return Some(format!(
                "it shows no account what belongs to another: {lost} times something shared had to be listed, and never was"
            ));
        }
        if leaked >= TELLING && leaked > hidden {
            let all = leaked + hidden;
            return Some(format!(
                "it shows accounts what belongs to others: {leaked} of {all} times something was listed that no grant gives"
            ));
        }
        None
    }

    pub(super) fn seen(&mut self, account: Account, key: Key) {
        self.seen_at_all += 1;
        self.seen.insert((account, key));
    }

    /// Adds the counts of another play. What was seen in one play says nothing in another.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.conforms, other.conforms);
        add(&mut self.diverges, other.diverges);
        add(&mut self.refusals, other.refusals);
        add(&mut self.absences, other.absences);
        add(&mut self.hidden, other.hidden);
        add(&mut self.open, other.open);
        self.faults.merge(other.faults);
        self.seen_at_all += other.seen_at_all;
        self.answers.granted += other.answers.granted;
        self.answers.malformed += other.answers.malformed;
        add(&mut self.answers.refused, other.answers.refused);
        self.foreign.shown += other.foreign.shown;
        self.foreign.lost += other.foreign.lost;
        self.foreign.hidden += other.foreign.hidden;
        self.foreign.leaked += other.foreign.leaked;
        self.granted.extend(other.granted);
        self.readable.extend(other.readable);
        self.listed.extend(other.listed);
        for (operation, how) in other.unimplemented {
            self.unimplemented.entry(operation).or_insert(how);
        }
        for (rule, times) in other.settling {
            let kept = self.settling.entry(rule).or_default();
            let room = SETTLING_KEPT.saturating_sub(kept.len());
            kept.extend(times.into_iter().take(room));
        }
    }

    /// The number of times that a rule was shown to be kept by something that could have shown otherwise.
    #[must_use]
    pub fn conforming(&self, rule: &str) -> u64 {
        self.conforming_where(rule, |_| true)
    }

    /// The number of those that answers of this operation have shown.
    #[must_use]
    pub fn conforming_in(&self, rule: &str, operation: &str) -> u64 {
        self.conforming_where(rule, |it| it == operation)
    }

    fn conforming_where(&self, rule: &str, is_wanted: impl Fn(&str) -> bool) -> u64 {
        let by = |counts: &Counts, shown: &dyn Fn(&'static str) -> bool| -> u64 {
            let of_rule = counts.iter().filter(|((name, _), _)| *name == rule);
            let wanted = of_rule.filter(|((_, it), _)| is_wanted(it) && shown(it));
            wanted.map(|(_, count)| count).sum()
        };
        let shares = self.foreign.shown + self.foreign.leaked > 0;
        by(&self.conforms, &|_| true)
            + by(&self.refusals, &|it| self.granted.contains(it))
            + by(&self.absences, &|it| self.listed.contains(it))
            + by(&self.hidden, &|_| shares)
    }

    /// The number of times that a rule was seen broken.
    #[must_use]
    pub fn diverging(&self, rule: &str) -> u64 {
        self.diverges.get(rule).copied().unwrap_or_default()
    }

    /// The answers of the target where a rule is open, each with the number of times.
    pub fn answers_to(&self, rule: &str) -> impl Iterator<Item = (&str, &str, u64)> {
        let of_rule = self.open.iter().filter(move |((name, ..), _)| *name == rule);
        of_rule.map(|((_, operation, answer), count)| (*operation, answer.as_str(), *count))
    }

    /// The operations that the target was found not to have during the run, each with how.
    #[must_use]
    pub fn unimplemented(&self) -> &BTreeMap<&'static str, String> {
        &self.unimplemented
    }

    /// Whether anything was answered in a way that can be read.
    #[must_use]
    pub fn has_answers(&self) -> bool {
        !self.readable.is_empty()
    }

    /// The transient faults met, by cause.
    #[must_use]
    pub fn faults_met(&self) -> BTreeMap<&'static str, Faults> {
        self.faults.0.iter().map(|(cause, met)| (cause.as_str(), met.clone())).collect()
    }

    /// The times that changes took to be seen, in milliseconds, by the rule that makes them seen.
    #[must_use]
    pub fn settling(&self) -> &BTreeMap<&'static str, Vec<u32>> {
        &self.settling
    }
}

/// Whether a rule is about what nobody ever sees in the list, or about a list that is everybody's:
/// then it is enough that the list has shown anything.
fn is_about_what_never_was(rule: &Rule, key: &Key) -> bool {
    let never = [&invitation::NONE_INSIDE_THE_ORGANIZATION, &permission::NONE_IN_AN_EMPTY_SHARE];
    never.contains(&rule) || matches!(key, Key::Type(_))
}

/// Whether a list came empty, expected rows or not: then the grant alone shows nothing, nor does the
/// size of its pages.
fn is_empty_list(observation: &Observation, expects_nothing: bool) -> bool {
    let Observation::Granted(observed) = observation else {
        return false;
    };
    let mut fields = observed.fields.iter();
    let counts = fields.all(|(_, value)| matches!(value, Value::Number(_) | Value::Missing));
    let is_list = !expects_nothing || !observed.fields.is_empty();
    observed.rows.is_empty() && counts && is_list
}

/// Maps whose keys are no texts, as lists of pairs.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (key, count) in more {
        *counts.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::Name;
    use bellwether_model::answer::{Refusal, Reply};
    use bellwether_model::judge::{Observed, Phase};
    use bellwether_model::rules::{read, share, visibility};

    use super::*;

    fn refusal_of(rule: &'static Rule) -> Answer {
        Answer::Refused(Refusal::of(vec![rule]))
    }

    fn refused() -> Observation {
        Observation::Refused { code: "UnknownResourceException".into(), message: String::new() }
    }

    #[test]
    fn a_refusal_counts_only_where_the_operation_was_granted_at_some_time() {
        let rule = &share::KNOWN_TO_THE_CALLER;
        let mut tally = Tally::default();
        let conforms = [(rule, None)];
        let operation = "DeleteResourceShare";
        tally.conform(Account::OWNER, operation, &refusal_of(rule), &refused(), &conforms);
        assert_eq!(tally.conforming(rule.name), 0);
        tally.answered(operation, &Observation::Granted(Observed::default()));
        assert_eq!(tally.conforming(rule.name), 1);
    }

    #[test]
    fn something_hidden_after_its_end_counts_only_for_an_account_that_saw_it() {
        let rule = &visibility::HIDDEN_ONCE_REVOKED;
        let key = Key::Resource(Name::new("net"));
        let mut reply = Reply::granted(&read::GRANTED);
        reply.rows.push(Row::forbidden(key.clone(), rule));
        let expected = Answer::Granted(reply);
        let empty = Observation::Granted(Observed::default());
        let mut tally = Tally::default();
        tally.seen(Account::OWNER, key.clone());
        let conforms = [(rule, Some(key.clone()))];
        tally.conform(Account::MEMBER, "DescribeSubnets", &expected, &empty, &conforms);
        assert_eq!(tally.conforming(rule.name), 0, "the member has never seen it");
        tally.seen(Account::MEMBER, key);
        tally.conform(Account::MEMBER, "DescribeSubnets", &expected, &empty, &conforms);
        assert_eq!(tally.conforming(rule.name), 1);
    }

    #[test]
    fn an_empty_list_shows_nothing() {
        let mut reply = Reply::granted(&read::GRANTED);
        let key = Key::Share(Name::new("share"));
        reply.rows.push(Row::forbidden(key, &read::OWN_SHARES_LISTED));
        let expected = Answer::Granted(reply);
        let empty = Observation::Granted(Observed::default());
        let mut tally = Tally::default();
        let conforms = [(&read::GRANTED, None)];
        tally.conform(Account::OWNER, "GetResourceShares", &expected, &empty, &conforms);
        assert_eq!(tally.conforming(read::GRANTED.name), 0);
    }

    #[test]
    fn faults_are_counted_by_cause_with_the_first_as_an_example() {
        let fault = |cause, detail: &str| Indeterminate {
            cause,
            phase: Phase::Call,
            detail: detail.to_owned(),
        };
        let mut first = FaultsMet::default();
        first.note(&fault(Cause::ServerError, "HTTP 503 busy"));
        first.note(&fault(Cause::ServerError, "HTTP 500: 429"));
        let mut second = FaultsMet::default();
        second.note(&fault(Cause::ServerError, "HTTP 502"));
        second.note(&fault(Cause::Throttled, "HTTP 429"));
        let mut tally = Tally::default();
        tally.meet(first);
        tally.meet(second);
        let met = tally.faults_met();
        let met: Vec<_> = met.iter().map(|(cause, it)| (*cause, it.times, &*it.first)).collect();
        assert_eq!(met, [("server-error", 3, "HTTP 503 busy"), ("throttled", 1, "HTTP 429")]);
    }
}
