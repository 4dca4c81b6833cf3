//! A line as words, quoted texts and signs.

use std::ops::Range;

use winnow::Result;
use winnow::ascii::space0;
use winnow::combinator::{alt, delimited, preceded, repeat};
use winnow::prelude::*;
use winnow::stream::{AsChar, LocatingSlice};
use winnow::token::{none_of, take_while};

/// A piece of a line, with its place in the line in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'t> {
    /// Its kind.
    pub(super) kind: Kind<'t>,
    /// Its place in the line.
    pub(super) span: Range<usize>,
}

/// The kind of a piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// Letters, digits and `_:/.-`.
    Word(&'t str),
    /// A text in quotes, its escapes resolved.
    Quoted(String),
    /// `->`
    Arrow,
    /// One of `=`, `,`, `!`, `|`, `?` and `@`.
    Sign(char),
}

/// Takes a line apart.
///
/// # Errors
///
/// The place of the first character that begins no piece.
pub(super) fn lexemes(line: &str) -> std::result::Result<Vec<Lexeme<'_>>, usize> {
    let mut input = LocatingSlice::new(line);
    let lexeme = preceded(space0, kind.with_span()).map(|(kind, span)| Lexeme { kind, span });
    let found: Result<Vec<_>> = repeat(0.., lexeme).parse_next(&mut input);
    let found = found.unwrap_or_default();
    let rest = input.trim_start_matches([' ', '\t']);
    if rest.is_empty() { Ok(found) } else { Err(line.len() - rest.len()) }
}

fn kind<'t>(input: &mut LocatingSlice<&'t str>) -> Result<Kind<'t>> {
    alt((
        "->".value(Kind::Arrow),
        take_while(1.., is_word).map(Kind::Word),
        quoted.map(Kind::Quoted),
        alt(('=', ',', '!', '|', '?', '@')).map(Kind::Sign),
    ))
    .parse_next(input)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_:/.-".contains(character)
}

fn quoted(input: &mut LocatingSlice<&str>) -> Result<String> {
    let character = alt((preceded('\\', escaped), none_of(['"', '\\'])));
    let text = repeat(0.., character).fold(String::new, |mut text, character| {
        text.push(character);
        text
    });
    delimited('"', text, '"').parse_next(input)
}

fn escaped(input: &mut LocatingSlice<&str>) -> Result<char> {
    let hexadecimal = take_while(1..=6, AsChar::is_hex_digit);
    let code = delimited("u{", hexadecimal, '}')
        .verify_map(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?));
    alt(('"', '\\', 'n'.value('\n'), 'r'.value('\r'), 't'.value('\t'), code)).parse_next(input)
}

/// The text as a scenario quotes it, so that it reads back as it is on one line.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.extend(control.escape_unicode()),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Kind, lexemes, quote};

    fn kinds(line: &str) -> Vec<Kind<'_>> {
        let found = lexemes(line).expect("the line falls into pieces");
        found.into_iter().map(|lexeme| lexeme.kind).collect()
    }

    #[test]
    fn a_line_falls_into_words_quoted_texts_and_signs() {
        use Kind::{Arrow, Quoted, Sign, Word};
        let expected = [
            Word("a"),
            Word("K"),
            Sign('='),
            Word("ou:b"),
            Sign(','),
            Quoted("c d".to_owned()),
            Arrow,
            Word("e_1"),
            Sign('!'),
            Word("X.Y"),
        ];
        assert_eq!(kinds("a  K=ou:b,\"c d\" -> e_1\t! X.Y "), expected);
    }

    #[test]
    fn a_character_that_begins_no_piece_is_pointed_at() {
        for (line, place) in [("a #b", 2), ("a \"b", 2), ("é", 0), (r#"a "\q""#, 2)] {
            assert_eq!(lexemes(line), Err(place), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_reads_back_from_its_quotes(text in any::<String>()) {
            let quoted = quote(&text);
            prop_assert_eq!(kinds(&quoted), [Kind::Quoted(text)]);
            prop_assert!(!quoted.contains(['\n', '\r']));
        }
    }
}
