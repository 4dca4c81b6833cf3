//! Parameters: how a call's fields are written in a scenario, read back, and walked.
//!
//! An operation declares its fields once with `operation!`; the
//! notation, the list of operations and the shrinker all work from that declaration.

use smol_str::SmolStr;

use crate::principal::Source;
use crate::{Account, Name, Principal};

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

/// A call's fields in the order of their declaration, those at their default left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// What the call is about, where it is about one resource.
    pub subject: Option<Value>,
    /// The other fields, each with at least one value.
    pub named: Vec<(SmolStr, Vec<Value>)>,
}

/// Why arguments do not make a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentError {
    /// A parameter that the operation requires is not given.
    KeyMissing {
        /// The parameter.
        key: &'static str,
    },
    /// The operation needs a subject, and none is given.
    SubjectMissing {
        /// What the subject may be.
        expected: &'static str,
    },
    /// A subject is given to an operation that takes none.
    SubjectUnexpected,
    /// The operation has no such parameter.
    UnknownKey {
        /// The key as written.
        key: SmolStr,
    },
    /// A parameter is given twice.
    RepeatedKey {
        /// The key as written.
        key: SmolStr,
    },
    /// A value does not fit its parameter. The key is empty for the subject.
    BadValue {
        /// The parameter.
        key: SmolStr,
        /// Which of its values, counted from 0.
        index: usize,
        /// What would fit.
        expected: &'static str,
    },
}

/// A parameter of an operation, for lists, messages and completions.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ParameterInfo {
    /// The API's own name of the parameter; empty for the subject.
    pub key: &'static str,
    /// What it may be.
    pub expected: &'static str,
}

/// A type that a parameter may have.
pub trait Parameter: Sized + PartialEq + Default {
    /// What a value may be, as a phrase for messages.
    const EXPECTED: &'static str;

    /// Whether a call has to give it.
    const REQUIRED: bool = false;

    /// Reads the values of one key.
    ///
    /// # Errors
    ///
    /// The index of the first value that does not fit.
    fn read(values: &[Value]) -> Result<Self, usize>;

    /// The values that read back as this; none for the default.
    fn write(&self) -> Vec<Value>;

    /// The names of resources that the parameter mentions.
    fn names<'a>(&'a self, _found: &mut Vec<&'a Name>) {}

    /// The parameter itself, where it is the token of the call.
    fn token(&self) -> Option<&ClientToken> {
        None
    }

    /// The same, to be changed.
    fn token_mut(&mut self) -> Option<&mut ClientToken> {
        None
    }
}

/// Exactly one value, read by `read`.
fn single<T>(values: &[Value], read: impl Fn(&Value) -> Option<T>) -> Result<T, usize> {
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

/// A resource that a call names: one that a step made, or any text in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A resource that a step made.
    Named(Name),
    /// Text that is sent in place of an id or ARN.
    Literal(SmolStr),
}

impl Reference {
    /// The name, where it is one.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Named(name) => Some(name),
            Self::Literal(_) => None,
        }
    }

    fn read_value(value: &Value) -> Option<Self> {
        if value.quoted {
            Some(Self::Literal(value.text.clone()))
        } else {
            is_name(&value.text).then(|| Self::Named(Name::new(&value.text)))
        }
    }

    fn write_value(&self) -> Value {
        match self {
            Self::Named(name) => Value::bare(name.as_str()),
            Self::Literal(text) => Value::quoted(text),
        }
    }
}

/// The empty text.
impl Default for Reference {
    fn default() -> Self {
        Self::Literal(SmolStr::default())
    }
}

impl From<&str> for Reference {
    fn from(name: &str) -> Self {
        Self::Named(name.into())
    }
}

impl Parameter for Reference {
    const EXPECTED: &'static str = "the name of a resource, or a quoted text in place of its id";

    const REQUIRED: bool = true;

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Self::read_value)
    }

    fn write(&self) -> Vec<Value> {
        vec![self.write_value()]
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        found.extend(self.name());
    }
}

impl Parameter for Option<Reference> {
    const EXPECTED: &'static str = Reference::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Reference::read_value).map(Some)
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Reference::write_value).collect()
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        found.extend(self.iter().filter_map(Reference::name));
    }
}

impl Parameter for Vec<Reference> {
    const EXPECTED: &'static str = "names of resources or quoted texts, separated by commas";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value)| Reference::read_value(value).ok_or(index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Reference::write_value).collect()
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        found.extend(self.iter().filter_map(Reference::name));
    }
}

impl Principal {
    /// What a principal may be in a scenario.
    pub const EXPECTED: &'static str = "an actor, organization, ou:NAME, role:ACTOR/NAME, \
         user:ACTOR/NAME, service:NAME or a quoted text";

    /// Reads a principal as a scenario writes it.
    #[must_use]
    pub fn read_value(value: &Value) -> Option<Self> {
        let text = value.text.as_str();
        if value.quoted {
            return Some(
                Account::from_id(text)
                    .map_or_else(|| Self::Literal(value.text.clone()), Self::Account),
            );
        }
        if text == "organization" {
            return Some(Self::Organization(text.into()));
        }
        let Some((kind, rest)) = text.split_once(':') else {
            return Account::actor(text).map(Self::Account);
        };
        let identity = || {
            let (actor, name) = rest.split_once('/')?;
            Some((Account::actor(actor)?, Name::new(name)))
                .filter(|(_, name)| is_word(name.as_str()))
        };
        match kind {
            "ou" => is_word(rest).then(|| Self::OrganizationalUnit(rest.into())),
            "role" => identity().map(|(actor, name)| Self::Role(actor, name)),
            "user" => identity().map(|(actor, name)| Self::User(actor, name)),
            "service" => is_word(rest).then(|| Self::Service(rest.into())),
            _ => None,
        }
    }

    /// The value that reads back as this principal.
    #[must_use]
    pub fn write_value(&self) -> Value {
        match self {
            Self::Account(account) if !account.is_actor() => Value::quoted(account.to_string()),
            Self::Literal(text) => Value::quoted(text),
            Self::Account(_)
            | Self::Organization(_)
            | Self::OrganizationalUnit(_)
            | Self::Role(..)
            | Self::User(..)
            | Self::Service(_) => Value::bare(self.to_string()),
        }
    }
}

impl Parameter for Vec<InvitationRef> {
    const EXPECTED: &'static str = InvitationRef::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read =
            |(index, value)| InvitationRef::read(std::slice::from_ref(value)).map_err(|_| index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().flat_map(Parameter::write).collect()
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        for it in self {
            it.names(found);
        }
    }
}

impl Parameter for Vec<Principal> {
    const EXPECTED: &'static str = Principal::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value)| Principal::read_value(value).ok_or(index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Principal::write_value).collect()
    }
}

impl Source {
    fn read_value(value: &Value) -> Option<Self> {
        if value.quoted {
            Some(Self::read(&value.text))
        } else {
            Account::actor(&value.text).map(Self::Account)
        }
    }

    fn write_value(&self) -> Value {
        match self {
            Self::Account(account) if account.is_actor() => Value::bare(account.to_string()),
            Self::Account(account) => Value::quoted(account.to_string()),
            Self::Text(text) => Value::quoted(text),
        }
    }
}

impl Parameter for Vec<Source> {
    const EXPECTED: &'static str = "actors, or quoted texts, separated by commas";

    fn read(values: &[Value]) -> Result<Self, usize> {
        let read = |(index, value)| Source::read_value(value).ok_or(index);
        values.iter().enumerate().map(read).collect()
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Source::write_value).collect()
    }
}

impl Parameter for Option<Source> {
    const EXPECTED: &'static str = "an actor or a quoted text";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Source::read_value).map(Some)
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Source::write_value).collect()
    }
}

impl Parameter for Option<Principal> {
    const EXPECTED: &'static str = Principal::EXPECTED;

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, Principal::read_value).map(Some)
    }

    fn write(&self) -> Vec<Value> {
        self.iter().map(Principal::write_value).collect()
    }
}

/// An invitation that a call names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationRef {
    /// The newest invitation of this account to this share, or the one of this number.
    To {
        /// The share offered.
        share: Name,
        /// The account invited.
        receiver: Account,
        /// Which of several invitations to the same share, counted from 0; the newest if none.
        number: Option<usize>,
    },
    /// Text that is sent in place of its ARN.
    Literal(SmolStr),
}

impl Default for InvitationRef {
    fn default() -> Self {
        Self::Literal(SmolStr::default())
    }
}

impl Parameter for InvitationRef {
    const EXPECTED: &'static str =
        "invitation:SHARE/ACTOR, invitation:SHARE/ACTOR/NUMBER or a quoted text";

    fn read(values: &[Value]) -> Result<Self, usize> {
        single(values, |value| {
            if value.quoted {
                return Some(Self::Literal(value.text.clone()));
            }
            let (share, receiver) = value.text.strip_prefix("invitation:")?.split_once('/')?;
            let (receiver, number) = match receiver.split_once('/') {
                Some((receiver, number)) => (receiver, Some(number.parse().ok()?)),
                None => (receiver, None),
            };
            let receiver = Account::actor(receiver)?;
            is_name(share).then(|| Self::To { share: share.into(), receiver, number })
        })
    }

    fn write(&self) -> Vec<Value> {
        vec![match self {
            Self::To { share, receiver, number: None } => {
                Value::bare(format!("invitation:{share}/{receiver}"))
            }
            Self::To { share, receiver, number: Some(number) } => {
                Value::bare(format!("invitation:{share}/{receiver}/{number}"))
            }
            Self::Literal(text) => Value::quoted(text),
        }]
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        if let Self::To { share, .. } = self {
            found.push(share);
        }
    }
}

/// The token by which a call is told from its repetition.
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

/// The security groups that a network interface is to have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// A group of the caller's own in the VPC, made when first needed.
    #[default]
    OwnPlain,
    /// None is named: the VPC's default group is meant.
    Unnamed,
    /// These.
    Named(Vec<Reference>),
}

impl Parameter for Groups {
    const EXPECTED: &'static str =
        "names of security groups, or default for the VPC's default group";

    fn read(values: &[Value]) -> Result<Self, usize> {
        match values {
            [value] if !value.quoted && value.text == "default" => Ok(Self::Unnamed),
            values => Parameter::read(values).map(Self::Named),
        }
    }

    fn write(&self) -> Vec<Value> {
        match self {
            Self::OwnPlain => Vec::new(),
            Self::Unnamed => vec![Value::bare("default")],
            Self::Named(groups) => groups.write(),
        }
    }

    fn names<'a>(&'a self, found: &mut Vec<&'a Name>) {
        if let Self::Named(groups) = self {
            groups.names(found);
        }
    }
}

/// Declares an operation's parameters: the struct, and how a scenario writes it.
///
/// The field in brackets is the subject; the others bear the API's own names.
macro_rules! operation {
    (
        $(#[$meta:meta])*
        pub struct $Operation:ident {
            $([ $(#[$about_meta:meta])* $about:ident: $About:ty ])?
            $($(#[$field_meta:meta])* $field:ident: $Field:ty = $key:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $Operation {
            $($(#[$about_meta])* pub $about: $About,)?
            $($(#[$field_meta])* pub $field: $Field,)*
        }

        impl $crate::parameters::Written for $Operation {
            const NAME: &'static str = stringify!($Operation);

            const PARAMETERS: &'static [$crate::parameters::ParameterInfo] = &[
                $($crate::parameters::ParameterInfo {
                    key: "",
                    expected: <$About as $crate::parameters::Parameter>::EXPECTED,
                },)?
                $($crate::parameters::ParameterInfo {
                    key: $key,
                    expected: <$Field as $crate::parameters::Parameter>::EXPECTED,
                },)*
            ];

            fn read(
                arguments: &$crate::parameters::Arguments,
            ) -> Result<Self, $crate::parameters::ArgumentError> {
                $crate::parameters::check_keys::<Self>(arguments)?;
                Ok(Self {
                    $($about: $crate::parameters::read_subject(arguments)?,)?
                    $($field: $crate::parameters::read_key(arguments, $key)?,)*
                })
            }

            fn write(&self) -> $crate::parameters::Arguments {
                let named: Vec<Option<(smol_str::SmolStr, Vec<$crate::parameters::Value>)>> =
                    vec![$($crate::parameters::write_key($key, &self.$field),)*];
                let subject: Vec<Vec<$crate::parameters::Value>> =
                    vec![$($crate::parameters::Parameter::write(&self.$about))?];
                $crate::parameters::Arguments {
                    subject: subject.into_iter().flatten().next(),
                    named: named.into_iter().flatten().collect(),
                }
            }

            fn names(&self) -> Vec<&$crate::Name> {
                let found: Vec<Vec<&$crate::Name>> = vec![
                    $($crate::parameters::names_of(&self.$about),)?
                    $($crate::parameters::names_of(&self.$field),)*
                ];
                found.concat()
            }

            fn client_token(&self) -> Option<&$crate::parameters::ClientToken> {
                let found = None;
                $(let found = found.or($crate::parameters::Parameter::token(&self.$field));)*
                found
            }

            fn client_token_mut(&mut self) -> Option<&mut $crate::parameters::ClientToken> {
                let found = None;
                $(let found = found.or($crate::parameters::Parameter::token_mut(&mut self.$field));)*
                found
            }
        }
    };
}
pub(crate) use operation;

/// What `operation!` gives an operation.
pub trait Written: Sized {
    /// The API's own name of the operation.
    const NAME: &'static str;

    /// The parameters, the subject first.
    const PARAMETERS: &'static [ParameterInfo];

    /// Reads a call from its arguments.
    ///
    /// # Errors
    ///
    /// The first argument that does not fit.
    fn read(arguments: &Arguments) -> Result<Self, ArgumentError>;

    /// The arguments that read back as this call.
    fn write(&self) -> Arguments;

    /// The names of resources that the call mentions, repeats included.
    fn names(&self) -> Vec<&Name>;

    /// The token by which the call is told from its repetition, where the operation takes one.
    fn client_token(&self) -> Option<&ClientToken>;

    /// The same, to be changed.
    fn client_token_mut(&mut self) -> Option<&mut ClientToken>;
}

/// Refuses keys that the operation does not have, or has had already.
pub(crate) fn check_keys<T: Written>(arguments: &Arguments) -> Result<(), ArgumentError> {
    if arguments.subject.is_some() && !T::PARAMETERS.iter().any(|known| known.key.is_empty()) {
        return Err(ArgumentError::SubjectUnexpected);
    }
    for (place, (key, _)) in arguments.named.iter().enumerate() {
        if key.is_empty() || !T::PARAMETERS.iter().any(|known| known.key == key) {
            return Err(ArgumentError::UnknownKey { key: key.clone() });
        }
        if arguments.named[..place].iter().any(|(earlier, _)| earlier == key) {
            return Err(ArgumentError::RepeatedKey { key: key.clone() });
        }
    }
    Ok(())
}

pub(crate) fn read_subject<T: Parameter>(arguments: &Arguments) -> Result<T, ArgumentError> {
    let missing = ArgumentError::SubjectMissing { expected: T::EXPECTED };
    let value = arguments.subject.as_ref().ok_or(missing)?;
    T::read(std::slice::from_ref(value)).map_err(|index| ArgumentError::BadValue {
        key: SmolStr::default(),
        index,
        expected: T::EXPECTED,
    })
}

pub(crate) fn read_key<T: Parameter>(
    arguments: &Arguments,
    key: &'static str,
) -> Result<T, ArgumentError> {
    let Some((_, values)) = arguments.named.iter().find(|(given, _)| given == key) else {
        let missing = ArgumentError::KeyMissing { key };
        return if T::REQUIRED { Err(missing) } else { Ok(T::default()) };
    };
    T::read(values).map_err(|index| ArgumentError::BadValue {
        key: key.into(),
        index,
        expected: T::EXPECTED,
    })
}

pub(crate) fn write_key<T: Parameter>(key: &str, field: &T) -> Option<(SmolStr, Vec<Value>)> {
    let values = if !T::REQUIRED && *field == T::default() { Vec::new() } else { field.write() };
    (!values.is_empty()).then(|| (key.into(), values))
}

pub(crate) fn names_of<T: Parameter>(field: &T) -> Vec<&Name> {
    let mut found = Vec::new();
    field.names(&mut found);
    found
}
