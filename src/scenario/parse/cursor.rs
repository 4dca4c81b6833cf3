//! A line read piece by piece, with errors at their place.

use std::ops::Range;

use crate::scenario::lex::{Kind, Lexeme, lexemes};
use crate::scenario::nearest;

/// An error in a text, with its place.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// Its place, in bytes of the whole text.
    pub(super) span: Range<usize>,
    /// The error: what was expected and what was found.
    pub(super) what: String,
    /// The valid alternatives.
    pub(super) help: Option<String>,
}

impl Trouble {
    /// A word that is none of the valid ones: the nearest of them, or all, are offered.
    pub(super) fn unknown<'a>(
        span: Range<usize>,
        expected: &str,
        found: &str,
        valid: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let valid: Vec<&str> = valid.into_iter().collect();
        let mut trouble = Self::nearest(span, expected, found, valid.iter().copied());
        if trouble.help.is_none() && !valid.is_empty() && valid.len() <= 12 {
            trouble.help = Some(format!("valid here: {}", valid.join(", ")));
        }
        trouble
    }

    /// A word that does not fit: the nearest of the valid ones is offered.
    pub(super) fn nearest<'a>(
        span: Range<usize>,
        expected: &str,
        found: &str,
        valid: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let near = nearest(found, valid.into_iter().filter(|word| *word != found));
        Self {
            span,
            what: format!("expected {expected}, found `{found}`"),
            help: near.map(|near| format!("did you mean `{near}`?")),
        }
    }
}

/// The pieces of a line, read from left to right.
pub(super) struct Cursor<'t> {
    lexemes: Vec<Lexeme<'t>>,
    place: usize,
    /// The start of the line in the text.
    start: usize,
    /// The end of the line's pieces in the text.
    end: usize,
}

impl<'t> Cursor<'t> {
    /// The line that starts at this place of the text.
    pub(super) fn new(start: usize, line: &'t str) -> Result<Self, Trouble> {
        let lexemes = lexemes(line).map_err(|place| stray(start + place, &line[place..]))?;
        Ok(Self { lexemes, place: 0, start, end: start + line.trim_end().len() })
    }

    /// The next piece.
    pub(super) fn peek(&self) -> Option<&Kind<'t>> {
        self.lexemes.get(self.place).map(|lexeme| &lexeme.kind)
    }

    /// Passes over the next piece.
    pub(super) fn skip(&mut self) {
        self.place += 1;
    }

    /// Returns the place of the next piece in the text, or the end of the line if there is none.
    pub(super) fn here(&self) -> Range<usize> {
        match self.lexemes.get(self.place) {
            Some(lexeme) => self.start + lexeme.span.start..self.start + lexeme.span.end,
            None => self.end..self.end,
        }
    }

    /// Whether the next piece follows the last one without a space.
    pub(super) fn is_glued(&self) -> bool {
        let last = self.place.checked_sub(1).and_then(|it| self.lexemes.get(it));
        match (last, self.lexemes.get(self.place)) {
            (Some(last), Some(next)) => last.span.end == next.span.start,
            (_, None) | (None, Some(_)) => false,
        }
    }

    /// Passes over the next piece if it is this sign.
    pub(super) fn take_sign(&mut self, sign: char) -> bool {
        let is_next = self.peek() == Some(&Kind::Sign(sign));
        self.place += usize::from(is_next);
        is_next
    }

    /// Passes over the next piece if it is this sign and follows without a space.
    pub(super) fn take_glued_sign(&mut self, sign: char) -> bool {
        self.is_glued() && self.take_sign(sign)
    }

    /// Passes over the next piece if it is `->`.
    pub(super) fn take_arrow(&mut self) -> bool {
        let is_next = self.peek() == Some(&Kind::Arrow);
        self.place += usize::from(is_next);
        is_next
    }

    /// The next piece, which has to be a word.
    pub(super) fn word(&mut self, expected: &str) -> Result<(&'t str, Range<usize>), Trouble> {
        let Some(&Kind::Word(word)) = self.peek() else {
            return Err(self.expected(expected));
        };
        let span = self.here();
        self.skip();
        Ok((word, span))
    }

    /// The next piece, which has to be one of these words.
    pub(super) fn choose<'a>(
        &mut self,
        expected: &str,
        valid: impl IntoIterator<Item = &'a str>,
    ) -> Result<&'t str, Trouble> {
        let valid: Vec<&str> = valid.into_iter().collect();
        let (word, span) = self.word(expected)?;
        if valid.contains(&word) {
            Ok(word)
        } else {
            Err(Trouble::unknown(span, expected, word, valid))
        }
    }

    /// Something else than the next piece was expected.
    pub(super) fn expected(&self, expected: &str) -> Trouble {
        let found = match self.peek() {
            Some(Kind::Word(word)) => format!("`{word}`"),
            Some(Kind::Quoted(_)) => "a quoted text".to_owned(),
            Some(Kind::Arrow) => "`->`".to_owned(),
            Some(Kind::Sign(sign)) => format!("`{sign}`"),
            None => "the end of the line".to_owned(),
        };
        Trouble {
            span: self.here(),
            what: format!("expected {expected}, found {found}"),
            help: None,
        }
    }

    /// Requires that nothing is left.
    pub(super) fn finish(&self) -> Result<(), Trouble> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the line")),
        }
    }
}

/// Returns the error of text that begins no piece.
fn stray(place: usize, rest: &str) -> Trouble {
    let first = rest.chars().next();
    let length = first.map_or(0, char::len_utf8);
    let (length, what, help) = match first {
        Some('"') => (
            rest.trim_end().len(),
            "this quoted text does not end, or holds an unknown escape".to_owned(),
            "a quoted text ends in `\"`; escapes are \\\", \\\\, \\n, \\r, \\t and \\u{HEX}",
        ),
        Some('#') => (
            length,
            "a comment can't follow on the same line".to_owned(),
            "put the comment on a line of its own, or text that holds `#` in quotes",
        ),
        Some(_) | None => (
            length,
            format!("`{}` can't stand here", first.unwrap_or_default()),
            "put other text than words in quotes",
        ),
    };
    Trouble { span: place..place + length, what, help: Some(help.to_owned()) }
}
