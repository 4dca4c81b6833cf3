//! Values as a scenario spells them, and parameters that are plain values.

use smol_str::SmolStr;

use super::Parameter;

/// One value as a scenario spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The text, without quotes.
    pub text: SmolStr,
    /// Whether it stands in quotes: then it is sent as it is.
    pub quoted: bool,
}

impl Value {
    /// A bare word.
    #[must_use]
    pub fn bare(text: impl AsRef<str>) -> Self {
        Self { text: SmolStr::new(text), quoted: false }
    }

    /// A quoted literal.
    #[must_use]
    pub fn quoted(text: impl AsRef<str>) -> Self {
        Self { text: SmolStr::new(text), quoted: true }
    }

    /// The text as a bare word where it reads as one, in quotes otherwise.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if is_word(text) { Self::bare(text) } else { Self::quoted(text) }
    }
}

/// Whether a text is a name: letters, digits and underscores, at least one.
#[must_use]
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether a text is a word: a name that may have hyphens, as `OTHER-ACCOUNTS` has.
#[must_use]
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.split('-').all(|part| part.is_empty() || is_name(part))
}

/// Exactly one value, read by `read`.
pub(super) fn single<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Result<T, usize> {
    match values {
        [value] => read(value).ok_or(0),
        [] => Err(0),
        [_, ..] => Err(1),
    }
}

impl Parameter for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| value.text.parse().ok().filter(|_| !value.quoted))
    }

    fn write(&self) -> Vec<Value> {
        if *self { vec![Value::bare("true")] } else { Vec::new() }
    }
}

impl Parameter for Option<bool> {
    const EXPECTED: &'static str = "true or false";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| value.text.parse().ok().filter(|_| !value.quoted).map(Some))
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|value| Value::bare(if *value { "true" } else { "false" })).collect()
    }
}

impl Parameter for Option<i32> {
    const EXPECTED: &'static str = "a number";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| value.text.parse().ok().filter(|_| !value.quoted).map(Some))
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|value| Value::bare(value.to_string())).collect()
    }
}

impl Parameter for u32 {
    const EXPECTED: &'static str = "a whole number";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| value.text.parse().ok().filter(|_| !value.quoted))
    }

    fn write(&self) -> Vec<Value> {
        vec![Value::bare(self.to_string())]
    }
}

/// A number of things each of which costs something, so that no scenario asks for many.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Few(pub u8);

impl Few {
    /// The most that a scenario can ask for.
    pub const MAX: Self = Self(2);
}

impl Parameter for Option<Few> {
    const EXPECTED: &'static str = "0, 1 or 2";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let few = |value: &Value| value.text.parse().ok().map(Few).filter(|few| *few <= Few::MAX);
        single(values, |value| few(value).filter(|_| !value.quoted).map(Some))
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|few| Value::bare(few.0.to_string())).collect()
    }
}

/// Text that the API takes as it is; empty where the parameter is left out.
impl Parameter for SmolStr {
    const EXPECTED: &'static str = "a word or a quoted text";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| Some(value.text.clone()))
    }

    fn write(&self) -> Vec<Value> {
        if self.is_empty() { Vec::new() } else { vec![Value::text(self)] }
    }
}

impl Parameter for Vec<SmolStr> {
    const EXPECTED: &'static str = "words or quoted texts, separated by commas";

    fn read(values: &[Value]) -> Result<Self, usize> {
        Ok(values.iter().map(|value| value.text.clone()).collect())
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|text| Value::text(text)).collect()
    }
}

/// A tag, or a filter by one: `"key=value"`, or a key alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// The key.
    pub key: SmolStr,
    /// The value, where one is given; it may be empty.
    pub value: Option<SmolStr>,
}

impl Tag {
    /// The tag that a text stands for.
    #[must_use]
    pub fn new(text: &str) -> Self {
        match text.split_once('=') {
            Some((key, value)) => Self { key: key.into(), value: Some(value.into()) },
            None => Self { key: text.into(), value: None },
        }
    }
}

/// The text that stands for the tag.
impl std::fmt::Display for Tag {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.key)?;
        self.value.iter().try_for_each(|value| write!(formatter, "={value}"))
    }
}

impl Parameter for Vec<Tag> {
    const EXPECTED: &'static str = "tags as \"key=value\", separated by commas";

    fn read(values: &[Value]) -> Result<Self, usize> {
        Ok(values.iter().map(|value| Tag::new(&value.text)).collect())
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(|tag| Value::text(&tag.to_string())).collect()
    }
}
