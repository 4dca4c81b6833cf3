//! Parameters that name resources.

use smol_str::SmolStr;

use super::Parameter;
use super::value::{Value, is_name, single};
use crate::{Account, Name};

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

/// An invitation that a call names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationRef {
    /// The newest invitation of this account to this share, or the one of this number.
    To {
        /// The share offered.
        share: Name,
        /// The account invited.
        receiver: Account,
        /// The index among several invitations to the same share, counted from 0; the newest if
        /// none.
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
