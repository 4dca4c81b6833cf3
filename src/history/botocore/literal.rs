//! The values that Python writes into logs: texts, bytes, numbers, lists and dictionaries. Objects, which Python
//! writes in angle brackets, are null.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::{Map, Value};

/// The most levels of a value.
const LEVELS_MAX: usize = 64;

/// Reads the value at the beginning of a text; `None` if there is none, or it is cut.
pub(super) fn read(text: &str) -> Option<Value> {
    Literal { letters: text.chars().peekable() }.value(0)
}

struct Literal<'t> {
    letters: Peekable<Chars<'t>>,
}

impl Literal<'_> {
    fn value(&mut self, level: usize) -> Option<Value> {
        if level > LEVELS_MAX {
            return None;
        }
        self.space();
        match self.letters.peek()? {
            '{' => self.mapping(level),
            '[' => self.items(']', level),
            '(' => self.items(')', level),
            '\'' | '"' => self.text().map(Value::String),
            '<' => self.object(),
            _ => self.word(),
        }
    }

    fn space(&mut self) {
        while self.letters.next_if(|letter| letter.is_whitespace()).is_some() {}
    }

    /// Whether this letter is the next one, which is passed then.
    fn passes(&mut self, letter: char) -> bool {
        self.space();
        self.letters.next_if_eq(&letter).is_some()
    }

    fn mapping(&mut self, level: usize) -> Option<Value> {
        self.letters.next()?;
        let mut members = Map::new();
        while !self.passes('}') {
            let key = self.value(level + 1)?;
            if !self.passes(':') {
                return None;
            }
            let value = self.value(level + 1)?;
            if let Value::String(key) = key {
                members.insert(key, value);
            }
            self.passes(',');
        }
        Some(Value::Object(members))
    }

    fn items(&mut self, end: char, level: usize) -> Option<Value> {
        self.letters.next()?;
        let mut items = Vec::new();
        while !self.passes(end) {
            items.push(self.value(level + 1)?);
            self.passes(',');
        }
        Some(Value::Array(items))
    }

    /// A number, `None`, `True`, `False`, bytes, or the name of something else.
    fn word(&mut self) -> Option<Value> {
        let mut word = String::new();
        let is_of_word = |letter: &char| letter.is_alphanumeric() || "_.+-".contains(*letter);
        while let Some(letter) = self.letters.next_if(is_of_word) {
            word.push(letter);
        }
        match (word.as_str(), self.letters.peek()) {
            ("b", Some('\'' | '"')) => return self.bytes(),
            ("", _) => return None,
            ("None", _) => return Some(Value::Null),
            ("True", _) => return Some(Value::Bool(true)),
            ("False", _) => return Some(Value::Bool(false)),
            // What something is made of stands in parentheses.
            (_, Some('(')) => return self.items_of_call(),
            _ => {}
        }
        let number = word.parse::<serde_json::Number>().ok();
        Some(number.map_or(Value::Null, Value::Number))
    }

    fn items_of_call(&mut self) -> Option<Value> {
        self.nested('(', ')')
    }

    fn object(&mut self) -> Option<Value> {
        self.nested('<', '>')
    }

    /// Passes what stands between two letters; its value is null.
    fn nested(&mut self, begin: char, end: char) -> Option<Value> {
        let mut open = 0_usize;
        loop {
            let letter = self.letters.next()?;
            if letter == begin {
                open += 1;
            } else if letter == end {
                open -= 1;
            }
            if open == 0 {
                return Some(Value::Null);
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let quote = self.letters.next()?;
        let mut text = String::new();
        loop {
            match self.letters.next()? {
                letter if letter == quote => return Some(text),
                '\\' => text.extend(self.escaped()?),
                letter => text.push(letter),
            }
        }
    }

    /// Bytes as text; null if they are none.
    fn bytes(&mut self) -> Option<Value> {
        // Each letter stands for one byte.
        let bytes: Option<Vec<u8>> =
            self.text()?.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Some(text.map_or(Value::Null, Value::String))
    }

    /// What stands behind a backslash: nothing for the end of a line.
    #[expect(
        clippy::option_option,
        reason = "no letter is another thing than a text that can't be read"
    )]
    fn escaped(&mut self) -> Option<Option<char>> {
        let digits = match self.letters.next()? {
            'n' => return Some(Some('\n')),
            'r' => return Some(Some('\r')),
            't' => return Some(Some('\t')),
            '\n' => return Some(None),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            other => return Some(Some(other)),
        };
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.letters.next()?.to_digit(16)?;
        }
        char::from_u32(code).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_python_writes_is_read() {
        let text = r#"{'a': b'\xc3\xa9 \'x\' \\n', "b'": ['x', (1, 2.5)], 'c': <A object at 0x7f>, 'd': None,
            'e': datetime.datetime(2026, 1, 1), 'f': True}, and more"#;
        let read = read(text).unwrap();
        let expected = json!({
            "a": "é 'x' \\n", "b'": ["x", [1, 2.5]], "c": null, "d": null, "e": null, "f": true,
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn a_value_that_is_cut_is_none() {
        for text in ["{'a': b'x", "b'", "['a'", "<A", "", "{'a'"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_not_known() {
        assert_eq!(read(r"b'\xff'"), Some(json!(null)));
    }
}
