//! Parts of answers in words.

use bellwether_model::answer::{Key, Refusal};
use bellwether_model::judge::{Divergence, ExpectedPart, ObservedPart};
use bellwether_model::rules::{Codes, Decides};

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
