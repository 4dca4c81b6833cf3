//! Holds what was observed against what is expected.

pub mod laws;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::answer::{Answer, EmptyList, Expected, Field, Key, Refusal, Reply, Value};
use crate::rules::{Evidence, Rule, target};

/// The observed outcome of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The target granted it.
    Granted(Observed),
    /// The target refused it.
    Refused {
        /// The error code.
        code: SmolStr,
        /// The message, for people.
        message: String,
    },
    /// The answer can't be read, or lacks what every answer has.
    Malformed(String),
    /// A transient fault was met, which proves nothing.
    Indeterminate(Indeterminate),
    /// The target does not have the operation, or not this way to call it.
    Unimplemented(String),
    /// The call could not be made, since the target never made what it names.
    Unsendable(String),
}

/// A transient fault that came in place of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indeterminate {
    /// The kind of fault.
    pub cause: Cause,
    /// The requests that met it.
    pub phase: Phase,
    /// A description for people; nothing is decided by it.
    pub detail: String,
}

/// The kinds of transient faults.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The target was too busy to take the call, so that it did nothing.
    Throttled,
    /// The target answered that it failed.
    ServerError,
    /// Nobody answered: the connection was refused, or the time for an answer ran out.
    NoResponse,
    /// The connection broke before the answer or in the middle of it.
    ConnectionLost,
    /// The call succeeded by its status, and the SDK can't read the answer.
    Unreadable,
    /// Something answered that is no answer of the API: a page of HTML, or an error without a code.
    Foreign,
}

impl Cause {
    /// The word of reports and JSON outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::ServerError => "server-error",
            Self::NoResponse => "no-response",
            Self::ConnectionLost => "connection-lost",
            Self::Unreadable => "unreadable",
            Self::Foreign => "foreign",
        }
    }
}

/// The part of a call that met a transient fault.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Something that is requested before the call; the call itself was never sent.
    Setup,
    /// The call itself.
    Call,
}

/// A granted call's answer, in the scenario's names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// The fields of the reply itself, by the API's own names.
    pub fields: Vec<(&'static str, Value)>,
    /// The rows of a list; those about resources that are not the scenario's are left out.
    pub rows: Vec<ObservedRow>,
}

impl Observed {
    /// Whether it shows nothing: no rows, and no list with anything in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let empty = |value: &Value| matches!(value, Value::Set(texts) if texts.is_empty());
        self.rows.is_empty() && self.fields.iter().all(|(_, value)| empty(value))
    }

    /// The answer with one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.fields.push((name, value));
        self
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedRow {
    /// The subject.
    pub key: Key,
    /// Its fields, by the API's own names.
    pub fields: Vec<(&'static str, Value)>,
}

impl ObservedRow {
    /// A row without fields.
    #[must_use]
    pub fn of(key: Key) -> Self {
        Self { key, fields: Vec::new() }
    }

    /// The row with one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.fields.push((name, value));
        self
    }

    /// Returns the value of a field; missing if the row has none of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> &Value {
        self.fields.iter().find(|(named, _)| *named == name).map_or(&Value::Missing, |(_, it)| it)
    }
}

/// The ways in which a target can differ, worst first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// An account sees or uses what no grant gives it.
    Leak,
    /// A call is granted that must be refused.
    WronglyGranted,
    /// Something that must be visible is not.
    Lost,
    /// A call is refused that must be granted.
    WronglyRefused,
    /// A call is not answered, each time and alone: the target fails, or the connection breaks.
    Crash,
    /// A call is answered, and the SDK can't read any of the answers.
    Unreadable,
    /// A call is refused as it must be, with a code that no broken rule allows.
    WrongCode,
    /// A list that must be refused is granted, and holds nothing.
    EmptyNotRefused,
    /// A field is not what it must be.
    WrongField,
    /// The expected state came after its bound.
    Late,
    /// The expected state came, and went although nothing was done.
    Flap,
}

impl Difference {
    /// Whether no answer came that could be held against the expected one.
    #[must_use]
    pub fn is_without_an_answer(self) -> bool {
        matches!(self, Self::Crash | Self::Unreadable)
    }

    /// The word of reports and JSON outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::WronglyGranted => "wrongly-granted",
            Self::Lost => "lost",
            Self::WronglyRefused => "wrongly-refused",
            Self::Crash => "crash",
            Self::Unreadable => "unreadable",
            Self::WrongCode => "wrong-code",
            Self::EmptyNotRefused => "empty-not-refused",
            Self::WrongField => "wrong-field",
            Self::Late => "late",
            Self::Flap => "flap",
        }
    }

    /// All kinds, worst first.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::successors(Some(Self::Leak), |it| it.next())
    }

    /// The kind of this word; `None` if there is none.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::all().find(|it| it.as_str() == word)
    }

    /// The kind that comes after this one.
    fn next(self) -> Option<Self> {
        match self {
            Self::Leak => Some(Self::WronglyGranted),
            Self::WronglyGranted => Some(Self::Lost),
            Self::Lost => Some(Self::WronglyRefused),
            Self::WronglyRefused => Some(Self::Crash),
            Self::Crash => Some(Self::Unreadable),
            Self::Unreadable => Some(Self::WrongCode),
            Self::WrongCode => Some(Self::EmptyNotRefused),
            Self::EmptyNotRefused => Some(Self::WrongField),
            Self::WrongField => Some(Self::Late),
            Self::Late => Some(Self::Flap),
            Self::Flap => None,
        }
    }
}

/// A difference of an observation from the expected answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The difference.
    pub difference: Difference,
    /// The row that differs, if it is one.
    pub key: Option<Key>,
    /// The part of the expected answer that the observation differs from.
    pub expected: ExpectedPart,
    /// The observed part that stands in its place.
    pub observed: ObservedPart,
}

/// A part of an expected answer. The key of the [`Divergence`] names its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedPart {
    /// The call is granted.
    Granted,
    /// The call is refused.
    Refused(Refusal),
    /// The call is answered at all.
    Answered {
        /// The rule by which it is answered as it is.
        because: &'static Rule,
        /// The refusal, if it is refused.
        refused: Option<Refusal>,
    },
    /// The row is listed.
    Listed,
    /// The row is not listed.
    NotListed,
    /// A field of the reply, or of the row if there is a key.
    Field {
        /// The API's own name.
        name: &'static str,
        /// The value that it has to have.
        value: Expected,
    },
}

/// A part of an observation. The key of the [`Divergence`] names its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObservedPart {
    /// The call was granted.
    Granted,
    /// The call was granted, and its list holds nothing.
    EmptyList,
    /// The call was refused.
    Refused {
        /// The error code.
        code: SmolStr,
        /// The message, for people.
        message: String,
    },
    /// The answer can't be read, for this reason.
    Unreadable(String),
    /// No answer came, and this in its place.
    NoAnswer(String),
    /// The row was listed.
    Listed,
    /// The row was not listed.
    NotListed,
    /// A field of the reply, or of the row if there is a key.
    Field {
        /// The API's own name.
        name: &'static str,
        /// The value that it had.
        value: Value,
    },
}

impl ObservedPart {
    /// Returns the code of an observed refusal.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            Self::Granted
            | Self::EmptyList
            | Self::Unreadable(_)
            | Self::NoAnswer(_)
            | Self::Listed
            | Self::NotListed
            | Self::Field { .. } => None,
        }
    }
}

/// The result of the comparison of an observation with the expected answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The rules that the observation conforms to, each with the row that showed it.
    pub conforms: Vec<(&'static Rule, Option<Key>)>,
    /// The divergences.
    pub diverges: Vec<Divergence>,
    /// The observations of rows that an open rule leaves undecided.
    pub open: Vec<(&'static Rule, String)>,
}

/// Holds an observation against the answer that is expected.
///
/// Nothing follows from transient faults, from what the target does not have, and from open answers.
#[must_use]
pub fn judge(expected: &Answer, observation: &Observation) -> Comparison {
    let mut comparison = Comparison::default();
    match (expected, observation) {
        (
            _,
            Observation::Indeterminate(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_),
        )
        | (Answer::Open(_), _) => {}
        (Answer::Granted(reply), Observation::Granted(observed)) => {
            comparison.conforms.push((reply.because, None));
            judge_reply(reply, observed, &mut comparison);
        }
        (Answer::Granted(reply), Observation::Refused { code, message }) => {
            comparison.diverges.push(Divergence {
                rule: reply.because,
                difference: Difference::WronglyRefused,
                key: None,
                expected: ExpectedPart::Granted,
                observed: refused(code, message),
            });
        }
        (Answer::Refused(refusal), Observation::Refused { code, message }) => {
            judge_refusal(refusal, code, message, &mut comparison);
        }
        (Answer::Refused(refusal), Observation::Granted(observed))
            if refusal.empty_list != EmptyList::IsGranted && observed.is_empty() =>
        {
            if refusal.empty_list == EmptyList::Differs {
                comparison.diverges.push(Divergence {
                    rule: refusal.rule(),
                    difference: Difference::EmptyNotRefused,
                    key: None,
                    expected: ExpectedPart::Refused(refusal.clone()),
                    observed: ObservedPart::EmptyList,
                });
            }
        }
        (Answer::Refused(refusal), Observation::Granted(_)) => {
            comparison.diverges.push(Divergence {
                rule: refusal.rule(),
                difference: Difference::WronglyGranted,
                key: None,
                expected: ExpectedPart::Refused(refusal.clone()),
                observed: ObservedPart::Granted,
            });
        }
        (Answer::Granted(_) | Answer::Refused(_), Observation::Malformed(how)) => {
            let (rule, expected) = match expected {
                Answer::Refused(refusal) => {
                    (refusal.rule(), ExpectedPart::Refused(refusal.clone()))
                }
                Answer::Granted(reply) => (reply.because, ExpectedPart::Granted),
                Answer::Open(_) => return comparison,
            };
            comparison.diverges.push(Divergence {
                rule,
                difference: Difference::WrongField,
                key: None,
                expected,
                observed: ObservedPart::Unreadable(how.clone()),
            });
        }
    }
    comparison
}

/// The divergence of a call that met this fault each time it was sent; `None` if nothing follows from that: the
/// target was too busy, the call itself was never sent, or its answer is open.
#[must_use]
pub fn never_answered(expected: &Answer, fault: &Indeterminate) -> Option<Divergence> {
    let how = fault.detail.clone();
    let (difference, observed) = match (fault.phase, fault.cause) {
        (Phase::Setup, _) | (Phase::Call, Cause::Throttled) => return None,
        (Phase::Call, Cause::ServerError | Cause::NoResponse | Cause::ConnectionLost) => {
            (Difference::Crash, ObservedPart::NoAnswer(how))
        }
        (Phase::Call, Cause::Unreadable | Cause::Foreign) => {
            (Difference::Unreadable, ObservedPart::Unreadable(how))
        }
    };
    let (because, refused) = match expected {
        Answer::Granted(reply) => (reply.because, None),
        Answer::Refused(refusal) => (refusal.rule(), Some(refusal.clone())),
        Answer::Open(_) => return None,
    };
    let expected = ExpectedPart::Answered { because, refused };
    Some(Divergence { rule: &target::ANSWERS, difference, key: None, expected, observed })
}

fn refused(code: &SmolStr, message: &str) -> ObservedPart {
    ObservedPart::Refused { code: code.clone(), message: message.to_owned() }
}

fn judge_refusal(refusal: &Refusal, code: &SmolStr, message: &str, comparison: &mut Comparison) {
    if refusal.allows(code) {
        // Which of several broken rules the target cites is its own affair; the refusal is
        // credited to the rule only where no other could have brought it about.
        if let [rule] = refusal.broken[..] {
            comparison.conforms.push((rule, None));
        }
        return;
    }
    comparison.diverges.push(Divergence {
        rule: refusal.rule(),
        difference: Difference::WrongCode,
        key: None,
        expected: ExpectedPart::Refused(refusal.clone()),
        observed: refused(code, message),
    });
}

fn judge_reply(reply: &Reply, observed: &Observed, comparison: &mut Comparison) {
    for field in &reply.fields {
        judge_field(field, &observed.fields, None, Difference::WrongField, comparison);
    }
    for row in &reply.rows {
        let seen = observed.rows.iter().find(|seen| seen.key == row.key);
        if !row.judged && row.rule.evidence == Evidence::Open {
            comparison.open.push((row.rule, seen.map_or_else(|| "no row".to_owned(), described)));
        }
        match seen {
            Some(seen) if row.present || !row.judged => {
                if row.judged {
                    comparison.conforms.push((row.rule, Some(row.key.clone())));
                }
                let difference =
                    if row.present { Difference::WrongField } else { Difference::Leak };
                for field in &row.fields {
                    judge_field(field, &seen.fields, Some(&row.key), difference, comparison);
                }
            }
            None if row.present && row.judged => comparison.diverges.push(Divergence {
                rule: row.rule,
                difference: Difference::Lost,
                key: Some(row.key.clone()),
                expected: ExpectedPart::Listed,
                observed: ObservedPart::NotListed,
            }),
            Some(_) => comparison.diverges.push(Divergence {
                rule: row.rule,
                difference: Difference::Leak,
                key: Some(row.key.clone()),
                expected: ExpectedPart::NotListed,
                observed: ObservedPart::Listed,
            }),
            None if row.judged => comparison.conforms.push((row.rule, Some(row.key.clone()))),
            None => {}
        }
    }
}

/// A row as an answer to an open question: that it is there, and its state where it has one.
fn described(row: &ObservedRow) -> String {
    let status = row.fields.iter().find(|(name, _)| *name == "status");
    match status {
        Some((_, Value::Text(status))) => format!("a row, {status}"),
        Some(_) | None => "a row".to_owned(),
    }
}

fn judge_field(
    field: &Field,
    observed: &[(&'static str, Value)],
    key: Option<&Key>,
    difference: Difference,
    comparison: &mut Comparison,
) {
    let value = observed.iter().find(|(name, _)| *name == field.name);
    let value = value.map_or(&Value::Missing, |(_, value)| value);
    if field.expected.is_met_by(value) {
        comparison.conforms.push((field.rule, key.cloned()));
        return;
    }
    comparison.diverges.push(Divergence {
        rule: field.rule,
        difference,
        key: key.cloned(),
        expected: ExpectedPart::Field { name: field.name, value: field.expected.clone() },
        observed: ObservedPart::Field { name: field.name, value: value.clone() },
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::subnet;

    fn differences(empty_list: EmptyList, observed: Observed) -> Vec<Difference> {
        let refusal = Refusal { empty_list, ..Refusal::of(vec![&subnet::KNOWN_TO_THE_CALLER]) };
        let comparison = judge(&Answer::Refused(refusal), &Observation::Granted(observed));
        comparison.diverges.iter().map(|it| it.difference).collect()
    }

    #[test]
    fn an_empty_list_in_place_of_a_known_refusal_is_a_difference_of_its_own() {
        let empty = differences(EmptyList::Differs, Observed::default());
        assert_eq!(empty, [Difference::EmptyNotRefused]);
        assert_eq!(differences(EmptyList::IsTolerated, Observed::default()), []);
        let granted = differences(EmptyList::IsGranted, Observed::default());
        assert_eq!(granted, [Difference::WronglyGranted]);
    }

    #[test]
    fn a_list_that_holds_something_in_place_of_a_refusal_is_wrongly_granted() {
        let row = ObservedRow::of(Key::Resource("net".into()));
        let observed = Observed { rows: vec![row], ..Observed::default() };
        for empty_list in [EmptyList::Differs, EmptyList::IsTolerated, EmptyList::IsGranted] {
            let found = differences(empty_list, observed.clone());
            assert_eq!(found, [Difference::WronglyGranted]);
        }
    }

    #[test]
    fn what_never_is_answered_breaks_the_rule_that_calls_are() {
        let reply = Answer::Granted(Reply::granted(&subnet::KNOWN_TO_THE_CALLER));
        let of = |cause, phase| {
            let fault = Indeterminate { cause, phase, detail: "HTTP 500".to_owned() };
            never_answered(&reply, &fault).map(|it| (it.rule.name, it.difference))
        };
        let crash = Some(("target/answers", Difference::Crash));
        let unreadable = Some(("target/answers", Difference::Unreadable));
        assert_eq!(of(Cause::ServerError, Phase::Call), crash);
        assert_eq!(of(Cause::NoResponse, Phase::Call), crash);
        assert_eq!(of(Cause::ConnectionLost, Phase::Call), crash);
        assert_eq!(of(Cause::Unreadable, Phase::Call), unreadable);
        assert_eq!(of(Cause::Foreign, Phase::Call), unreadable);
        assert_eq!(of(Cause::Throttled, Phase::Call), None, "it did nothing, since it was busy");
        assert_eq!(of(Cause::ServerError, Phase::Setup), None, "the call was not sent");
    }
}
