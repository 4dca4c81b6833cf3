//! The characters that an answer can carry.
//!
//! XML 1.0 has no way to write some control characters, not even as references. What is kept is shown
//! sooner or later, so texts with such characters are refused before anything is done with them.

use std::borrow::Cow;

use serde_json::Value;

/// Whether XML can carry a character.
///
/// <https://www.w3.org/TR/xml/#charsets>
fn is_carried(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Whether XML can carry all characters of a text.
pub(super) fn are_carried(text: &str) -> bool {
    text.chars().all(is_carried)
}

/// Whether XML can carry all characters of the texts in a value, the names of members included.
pub(super) fn are_carried_in(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => are_carried(text),
        Value::Array(items) => items.iter().all(are_carried_in),
        Value::Object(members) => {
            members.iter().all(|(name, value)| are_carried(name) && are_carried_in(value))
        }
    }
}

/// A text as XML carries it between two tags.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |character| is_carried(character) && !matches!(character, '&' | '<' | '>' | '"');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // It is a part of a message about what a request said: nothing of the kind is kept.
            other if !is_carried(other) => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{are_carried, are_carried_in, escaped};

    #[test]
    fn tabs_and_lines_are_carried_and_other_control_characters_are_not() {
        assert!(are_carried("a\tb\r\nc ü \u{1f600}"));
        for text in ["\0", "a\u{c}", "\u{1f}", "\u{fffe}", "\u{ffff}"] {
            assert!(!are_carried(text), "{text:?}");
        }
    }

    #[test]
    fn a_value_is_looked_through_to_its_end() {
        assert!(are_carried_in(&json!({ "a": [1, null, { "b": "c" }] })));
        assert!(!are_carried_in(&json!({ "a": [1, null, { "b": "\u{1}" }] })));
        assert!(!are_carried_in(&json!({ "a\u{1}": 1 })));
    }

    #[test]
    fn a_message_has_a_replacement_for_what_it_can_not_carry() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(escaped("1 < 2 & \u{c}\"3\""), "1 &lt; 2 &amp; \u{fffd}&quot;3&quot;");
    }
}
