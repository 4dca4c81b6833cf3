//! Idempotency tokens as parameters.

use smol_str::SmolStr;

use super::Parameter;
use super::value::{Value, single};

/// An idempotency token: a repetition of a call bears the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ClientToken {
    /// None is given.
    #[default]
    None,
    /// A word of the scenario, for a token that no other case uses.
    Word(SmolStr),
    /// Text that is sent as it is.
    Literal(SmolStr),
}

impl Parameter for ClientToken {
    const EXPECTED: &'static str = "a word, or a quoted text that is sent as it is";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| {
            let text = value.text.clone();
            Some(if value.quoted { Self::Literal(text) } else { Self::Word(text) })
        })
    }

    fn write(&self) -> Vec<Value> {
        match self {
            Self::None => Vec::new(),
            Self::Word(word) => vec![Value::bare(word)],
            Self::Literal(text) => vec![Value::quoted(text)],
        }
    }

    fn token(&self) -> Option<&ClientToken> {
        Some(self)
    }

    fn token_mut(&mut self) -> Option<&mut ClientToken> {
        Some(self)
    }
}
