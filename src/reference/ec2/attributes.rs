//! Values of parameters that are kept beside the model: read, checked, and shown as they were given.

use super::form::Form;
use super::invalid;
use crate::reference::json::Failure;

/// The value of a parameter that is true or false, in each of EC2's spellings; `None` if it is missing.
///
/// # Errors
///
/// It is neither.
pub(super) fn truth(form: &Form<'_>, key: &str) -> Result<Option<bool>, Failure> {
    let Some(text) = form.value(key) else { return Ok(None) };
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(Some(true)),
        "false" | "0" => Ok(Some(false)),
        _ => Err(not_taken(key, text, "Expecting true or false.")),
    }
}

/// The value of a parameter that is one of some words; `plain` if it is missing.
///
/// # Errors
///
/// It is another word.
pub(super) fn word<'a>(
    form: &Form<'a>,
    key: &str,
    words: &[&str],
    plain: &'a str,
) -> Result<&'a str, Failure> {
    let Some(text) = form.value(key) else { return Ok(plain) };
    if words.contains(&text) {
        return Ok(text);
    }
    Err(not_taken(key, text, &format!("Expecting one of: {}.", words.join(", "))))
}

/// The value of a parameter that is a whole number of a range; `None` if it is missing.
///
/// # Errors
///
/// It is none.
pub(super) fn number(
    form: &Form<'_>,
    key: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<Option<u32>, Failure> {
    let Some(text) = form.value(key) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    let expected = format!("Expecting a number from {} to {}.", range.start(), range.end());
    number.map(Some).ok_or_else(|| not_taken(key, text, &expected))
}

/// The failure of a value that a parameter does not take.
pub(super) fn not_taken(key: &str, text: &str, expected: &str) -> Failure {
    invalid(format!("Value ({text}) for parameter {key} is invalid. {expected}"))
}

#[cfg(test)]
mod tests {
    use super::{Form, number, truth};

    fn read<T>(value: &str, of: impl Fn(&Form<'_>) -> T) -> T {
        of(&Form::new(&[("Key".to_owned(), value.to_owned())]))
    }

    #[test]
    fn truth_has_several_spellings() {
        for (text, expected) in
            [("true", true), ("True", true), ("TRUE", true), ("1", true), ("False", false)]
        {
            assert_eq!(read(text, |form| truth(form, "Key")).unwrap(), Some(expected), "{text}");
        }
        assert_eq!(read("", |form| truth(form, "Key")).unwrap(), None);
        assert!(read("yes", |form| truth(form, "Key")).is_err());
    }

    #[test]
    fn a_number_outside_of_its_range_is_refused() {
        assert_eq!(read("3", |form| number(form, "Key", 1..=3)).unwrap(), Some(3));
        assert!(read("4", |form| number(form, "Key", 1..=3)).is_err());
        assert!(read("x", |form| number(form, "Key", 1..=3)).is_err());
    }
}
