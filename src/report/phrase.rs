//! Parts of answers and results in words.

use bellwether_model::answer::{Key, Refusal};
use bellwether_model::judge::{Divergence, ExpectedPart, ObservedPart};
use bellwether_model::rules::{Codes, Decides};

use super::{ReasonReport, Report};

/// The states of rules, each with its word for people, in the order of reports.
pub const STATES: [(&str, &str); 7] = [
    ("conforms", "conforms"),
    ("diverges", "diverges"),
    ("advice", "warning"),
    ("known", "known"),
    ("open", "open"),
    ("unexercised", "unexercised"),
    ("unimplemented", "unimplemented"),
];

/// The kinds of divergences, each with what the target does.
pub const KINDS: [(&str, &str); 11] = [
    ("leak", "an account sees or uses what no grant gives it"),
    ("wrongly-granted", "a call is granted that AWS refuses"),
    ("lost", "something that must be visible is not"),
    ("wrongly-refused", "a call is refused that AWS grants"),
    (
        "crash",
        "a call gets no answer, each time and in fresh accounts, while calls beside it are answered",
    ),
    ("unreadable", "a call is answered, and the SDK can read none of the answers"),
    ("wrong-code", "a call is refused as it must be, with another code"),
    ("empty-not-refused", "a list by ids that AWS refuses is granted, and holds nothing"),
    ("wrong-field", "a field of an answer is not what it must be"),
    ("late", "an expected change is first seen after its bound"),
    ("flap", "a row or a field changes although nobody wrote"),
];

/// Returns what the target does where it diverges in this kind; nothing if the kind is not known.
#[must_use]
pub fn kind(kind: &str) -> &'static str {
    KINDS.iter().find(|(it, _)| *it == kind).map_or("", |(_, does)| does)
}

/// Returns the verdict on the target as a sentence without its full stop.
#[must_use]
pub fn verdict(report: &Report) -> String {
    let verdict = match report.verdict {
        "diverges" => "diverges from AWS",
        "known" => "diverges from AWS as it is known to, and not otherwise",
        "conforms" => "conforms to AWS, as far as it was put to the test",
        _inconclusive => "can't be judged by this run",
    };
    format!("{} {verdict}", report.target.name)
}

/// Returns the word for people of a state of rules.
#[must_use]
pub fn word(state: &'static str) -> &'static str {
    STATES.iter().find(|(it, _)| *it == state).map_or(state, |(_, word)| word)
}

/// Returns the states that rules are in, each with its word and the number of its rules.
#[must_use]
pub fn states(report: &Report) -> Vec<(&'static str, &'static str, usize)> {
    let counted = STATES.iter().map(|(state, word)| (*state, *word, report.rules_in(state)));
    counted.filter(|(.., count)| *count > 0).collect()
}

/// Returns the extent of a run as a phrase.
#[must_use]
pub fn played(report: &Report) -> String {
    let rate = if report.seconds > 0.0 { requests_per_second(report) } else { 0.0 };
    format!(
        "{} scenarios, {} steps, {} requests in {:.1} s ({rate:.0} per second), seed {}",
        report.cases, report.steps, report.requests, report.seconds, report.seed
    )
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn requests_per_second(report: &Report) -> f64 {
    report.requests as f64 / report.seconds
}

/// Returns the notes that belong to a verdict: what limits it, and what is wrong with the whole target.
#[must_use]
pub fn notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    for ReasonReport { reason, cases } in &report.inconclusive_reasons {
        notes.push(format!("{cases} of {} cases were inconclusive: {reason}", report.cases));
    }
    if let Some(glob) = &report.rule {
        notes.push(format!("only divergences from the rules {glob} are reported"));
    }
    notes.extend(report.reasons.iter().cloned());
    notes
}

/// Returns the number with the word in its singular or plural.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// Returns what a divergence expects, as a phrase.
#[must_use]
pub fn expected(divergence: &Divergence) -> String {
    match &divergence.expected {
        ExpectedPart::Granted => "granted".to_owned(),
        ExpectedPart::Refused(refusal) => refused(refusal),
        ExpectedPart::Answered { because, refused: None } => format!("granted ({})", because.name),
        ExpectedPart::Answered { because, refused: Some(refusal) } => {
            format!("{} ({})", refused(refusal), because.name)
        }
        ExpectedPart::Listed => row(divergence, "is listed"),
        ExpectedPart::NotListed => row(divergence, "is not listed"),
        ExpectedPart::Field { name, value } => {
            format!("{name}{} is {value}", of(divergence.key.as_ref()))
        }
    }
}

/// Returns what a divergence observed in its place, as a phrase.
#[must_use]
pub fn observed(divergence: &Divergence) -> String {
    match &divergence.observed {
        ObservedPart::Granted => "granted".to_owned(),
        ObservedPart::EmptyList => "granted, with an empty list".to_owned(),
        ObservedPart::Refused { code, message } if message.is_empty() => format!("refused, {code}"),
        ObservedPart::Refused { code, message } => format!("refused, {code}: {message}"),
        ObservedPart::Unreadable(how) => format!("an answer that can't be read: {how}"),
        ObservedPart::NoAnswer(how) => format!("no answer, each time it is sent: {how}"),
        ObservedPart::Listed => row(divergence, "is listed"),
        ObservedPart::NotListed => row(divergence, "is not listed"),
        ObservedPart::Field { name, value } => {
            format!("{name}{} is {value}", of(divergence.key.as_ref()))
        }
    }
}

fn row(divergence: &Divergence, is: &str) -> String {
    divergence.key.as_ref().map_or_else(|| is.to_owned(), |key| format!("{key} {is}"))
}

fn of(key: Option<&Key>) -> String {
    key.map_or_else(String::new, |key| format!(" of {key}"))
}

/// The codes of a refusal as a phrase.
fn refused(refusal: &Refusal) -> String {
    let codes = refusal.codes();
    let known =
        refusal.broken.iter().all(|rule| matches!(rule.decides, Decides::Refusal(Codes::OneOf(_))));
    let with = if known { "with" } else { "for instance with" };
    format!("refused, {with} {}", codes.join(" or "))
}

#[cfg(test)]
mod tests {
    use bellwether_model::Name;
    use bellwether_model::answer::Value;
    use bellwether_model::judge::Difference;
    use bellwether_model::rules::{read, share};

    use super::*;

    #[test]
    fn the_readme_explains_each_kind_in_the_same_words() {
        let readme = include_str!("../../README.md");
        let rows = readme.lines().skip_while(|line| !line.starts_with("| kind |")).skip(2);
        let rows: Vec<_> = rows.take_while(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), KINDS.len());
        for (row, (kind, does)) in rows.iter().zip(KINDS) {
            assert!(row.starts_with(&format!("| `{kind}` | {does}")), "{row}");
        }
    }

    #[test]
    fn every_difference_is_explained() {
        let kinds: Vec<_> = Difference::all().map(Difference::as_str).collect();
        assert_eq!(kinds, KINDS.map(|(kind, _)| kind));
    }

    #[test]
    fn a_refusal_is_phrased_with_its_codes_and_message() {
        let divergence = Divergence {
            rule: &share::KNOWN_TO_THE_CALLER,
            difference: Difference::WrongCode,
            key: None,
            expected: ExpectedPart::Refused(Refusal::of(vec![&share::KNOWN_TO_THE_CALLER])),
            observed: ObservedPart::Refused { code: "Other".into(), message: "no".to_owned() },
        };
        assert_eq!(expected(&divergence), "refused, with UnknownResourceException");
        assert_eq!(observed(&divergence), "refused, Other: no");
    }

    #[test]
    fn a_field_is_phrased_with_its_row() {
        let name = "status";
        let divergence = Divergence {
            rule: &read::GRANTED,
            difference: Difference::WrongField,
            key: Some(Key::Share(Name::new("share"))),
            expected: ExpectedPart::Field {
                name,
                value: bellwether_model::answer::Expected::Text("ACTIVE".into()),
            },
            observed: ObservedPart::Field { name, value: Value::Missing },
        };
        assert_eq!(expected(&divergence), "status of share is \"ACTIVE\"");
        assert_eq!(observed(&divergence), "status of share is nothing");
    }
}
