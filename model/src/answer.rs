//! The expected answer to a call: a reply, or a refusal.

use smol_str::SmolStr;

use crate::principal::{LaunchPermission, Managed, Source};
use crate::rules::{Codes, Decides, Evidence, Rule, visibility};
use crate::{Account, Name, Principal};

/// The expected answer to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is granted, with this reply.
    Granted(Reply),
    /// It is refused.
    Refused(Refusal),
    /// Nobody outside AWS knows: what a target does is recorded, and the world follows it.
    Open(Undecided),
}

/// A refusal: the broken rules, any of which may be the one that it cites.
///
/// Which of them comes first is not known, so the code may be any of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The rules that the call breaks; at least one, firm ones first.
    pub broken: Vec<&'static Rule>,
    /// The meaning of a granted call that finds nothing.
    pub empty_list: EmptyList,
}

/// The meaning of a granted call that finds nothing, where a refusal is expected.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum EmptyList {
    /// A grant like any other.
    #[default]
    IsGranted,
    /// A difference of its own: AWS is known to refuse this list.
    Differs,
    /// None: no source says that AWS refuses this list rather than answer that it is empty.
    IsTolerated,
}

impl Refusal {
    /// A refusal for breaking these rules, firm ones first.
    #[must_use]
    pub fn of(broken: Vec<&'static Rule>) -> Self {
        Self { broken, empty_list: EmptyList::default() }
    }

    /// The codes that the refusal may bear, known or likely.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for rule in &self.broken {
            if let Decides::Refusal(of) = rule.decides {
                codes.extend(
                    of.list()
                        .iter()
                        .copied()
                        .filter(|code| !codes.contains(code))
                        .collect::<Vec<_>>(),
                );
            }
        }
        codes
    }

    /// Whether a refusal with this code is what is expected.
    ///
    /// If the call touches an open rule besides, nobody knows the code that AWS would choose
    /// to refuse it with, so any will do.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.broken.iter().any(|rule| match rule.decides {
            Decides::Refusal(Codes::OneOf(codes)) => codes.contains(&code),
            Decides::Refusal(Codes::Likely(_)) => true,
            Decides::Grant | Decides::Reply | Decides::Visibility => {
                rule.evidence == Evidence::Open
            }
        })
    }

    /// The rule that a report names: the best known of the broken ones.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.broken[0]
    }
}

/// An answer that no source settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The open rules that the call touches.
    pub rules: Vec<&'static Rule>,
    /// The assumption of a generator and a server meanwhile.
    pub granted: bool,
    /// The rule that a server refuses by meanwhile, if it is not one of the open ones: by it AWS refuses
    /// what a call names once that is gone for good.
    pub refused_by: Option<&'static Rule>,
}

impl Undecided {
    /// An answer that these open rules leave undecided, assumed to be granted or refused.
    #[must_use]
    pub fn new(rules: Vec<&'static Rule>, granted: bool) -> Self {
        Self { rules, granted, refused_by: None }
    }

    /// The refusal that a server answers with if it assumes one.
    #[must_use]
    pub fn refusal(self) -> Refusal {
        Refusal::of(self.refused_by.into_iter().chain(self.rules).collect())
    }
}

/// A reply: the fields that AWS fixes, and the rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The rule by which the call is granted.
    pub because: &'static Rule,
    /// The fields of the reply itself.
    pub fields: Vec<Field>,
    /// The rows of a list, expected and forbidden ones.
    pub rows: Vec<Row>,
}

impl Reply {
    /// A reply of which nothing but the grant is expected.
    #[must_use]
    pub fn granted(because: &'static Rule) -> Self {
        Self { because, fields: Vec::new(), rows: Vec::new() }
    }

    /// The reply with one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, expected: Expected, rule: &'static Rule) -> Self {
        self.fields.push(Field { name, expected, rule });
        self
    }
}

/// A field of a reply or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The API's own name.
    pub name: &'static str,
    /// The expected value.
    pub expected: Expected,
    /// The rule that says so.
    pub rule: &'static Rule,
}

/// The expected value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// This text.
    Text(SmolStr),
    /// True or false.
    Flag(bool),
    /// This account.
    Account(Account),
    /// These texts, in any order.
    Set(Vec<SmolStr>),
    /// No more than this.
    AtMost(usize),
    /// The field is left out.
    Absent,
    /// The field is there, whatever it says.
    Present,
}

impl Expected {
    /// Returns the texts that are expected in any order; `None` where no list is.
    #[must_use]
    pub fn texts(&self) -> Option<&[SmolStr]> {
        match self {
            Self::Set(texts) => Some(texts),
            Self::OneOf(_)
            | Self::Text(_)
            | Self::Flag(_)
            | Self::Account(_)
            | Self::AtMost(_)
            | Self::Absent
            | Self::Present => None,
        }
    }

    /// Whether an observed value is what is expected.
    #[must_use]
    pub fn is_met_by(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::OneOf(words), Value::Text(text)) => words.contains(&text.as_str()),
            (Self::Text(expected), Value::Text(text)) => expected == text,
            (Self::Flag(expected), Value::Flag(flag)) => expected == flag,
            (Self::Account(expected), Value::Account(account)) => expected == account,
            (Self::Set(expected), Value::Set(texts)) => {
                let mut expected = expected.clone();
                expected.sort();
                let mut texts = texts.clone();
                texts.sort();
                expected == texts
            }
            (Self::AtMost(expected), Value::Number(number)) => number <= expected,
            (Self::Absent, value) => *value == Value::Missing,
            (Self::Present, value) => *value != Value::Missing,
            (
                Self::OneOf(_)
                | Self::Text(_)
                | Self::Flag(_)
                | Self::Account(_)
                | Self::Set(_)
                | Self::AtMost(_),
                Value::Text(_)
                | Value::Flag(_)
                | Value::Account(_)
                | Value::Set(_)
                | Value::Number(_)
                | Value::Missing,
            ) => false,
        }
    }
}

/// The expected value as a report prints it.
impl std::fmt::Display for Expected {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OneOf(words) => formatter.write_str(&words.join(" or ")),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Account(account) => write!(formatter, "{account}"),
            Self::Set(texts) => write!(formatter, "[{}]", texts.join(", ")),
            Self::AtMost(most) => write!(formatter, "{most} at most"),
            Self::Absent => formatter.write_str("left out"),
            Self::Present => formatter.write_str("given"),
        }
    }
}

/// An observed value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, also where an account was due and the id is nobody's of the scenario.
    Text(SmolStr),
    /// True or false.
    Flag(bool),
    /// An account of the scenario.
    Account(Account),
    /// A list of texts.
    Set(Vec<SmolStr>),
    /// A number.
    Number(usize),
    /// The field is not in the answer.
    Missing,
}

/// The observed value as a report prints it.
impl std::fmt::Display for Value {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) if crate::parameters::is_name(text) => formatter.write_str(text),
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Account(account) => write!(formatter, "{account}"),
            Self::Set(texts) => write!(formatter, "[{}]", texts.join(", ")),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::Missing => formatter.write_str("nothing"),
        }
    }
}

/// A row that a list expects, must not hold, or may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The subject of the row.
    pub key: Key,
    /// Whether it is in the list, or is assumed to be.
    pub present: bool,
    /// Whether that is known well enough to judge by.
    pub judged: bool,
    /// The rule that says so.
    pub rule: &'static Rule,
    /// The fields expected where it is present.
    pub fields: Vec<Field>,
}

impl Row {
    /// A row that has to be there.
    #[must_use]
    pub fn expected(key: Key, rule: &'static Rule) -> Self {
        Self { key, present: true, judged: true, rule, fields: Vec::new() }
    }

    /// A row that must not be there.
    #[must_use]
    pub fn forbidden(key: Key, rule: &'static Rule) -> Self {
        Self { key, present: false, judged: true, rule, fields: Vec::new() }
    }

    /// A row that may be there.
    #[must_use]
    pub fn open(key: Key, rule: &'static Rule, present: bool) -> Self {
        Self { key, present, judged: false, rule, fields: Vec::new() }
    }

    /// The row with one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, expected: Expected, rule: &'static Rule) -> Self {
        self.fields.push(Field { name, expected, rule });
        self
    }

    /// The row as filters leave it.
    #[must_use]
    pub fn filtered(self, filtered: FilterOutcome) -> Self {
        match filtered {
            FilterOutcome::Out(rule) if self.present && self.judged => {
                Self::forbidden(self.key, rule)
            }
            FilterOutcome::Out(_) => Self { present: false, fields: Vec::new(), ..self },
            FilterOutcome::Open(rule) if self.present => Self { judged: false, rule, ..self },
            FilterOutcome::Passes | FilterOutcome::Open(_) => self,
        }
    }
}

/// The outcome of filters for a row.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum FilterOutcome {
    /// They let it pass.
    Passes,
    /// They leave it out, by this rule.
    Out(&'static Rule),
    /// By this open rule, nobody knows.
    Open(&'static Rule),
}

impl FilterOutcome {
    /// Passes where the condition holds, and is left out by the rule otherwise.
    #[must_use]
    pub fn by(holds: bool, rule: &'static Rule) -> Self {
        if holds { Self::Passes } else { Self::Out(rule) }
    }

    /// Returns the outcome of both: the row is out if either leaves it out.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Out(rule), _) | (_, Self::Out(rule)) => Self::Out(rule),
            (Self::Open(rule), _) | (_, Self::Open(rule)) => Self::Open(rule),
            (Self::Passes, Self::Passes) => Self::Passes,
        }
    }
}

/// The subject of a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A resource.
    Resource(Name),
    /// A share.
    Share(Name),
    /// A resource in a share.
    ResourceAssociation(Name, Name),
    /// A principal in a share.
    Principal(Name, Principal),
    /// A source of a share's service principals.
    Source(Name, Source),
    /// An invitation to a share: its receiver, and which of several, counted from 0.
    Invitation(Name, Account, usize),
    /// A launch permission.
    Permission(LaunchPermission),
    /// A resource type.
    Type(SmolStr),
    /// A managed permission.
    Managed(Managed),
    /// A version of a customer managed permission.
    Version(Name, u32),
    /// The managed permission of a resource type in a share.
    Attached(Name, SmolStr),
    /// A replacement of a managed permission in all shares.
    Replacement(Name),
}

impl Key {
    /// The names that the key mentions.
    #[must_use]
    pub fn names(&self) -> Vec<&Name> {
        match self {
            Self::Resource(name)
            | Self::Share(name)
            | Self::Managed(Managed::Customer(name))
            | Self::Version(name, _)
            | Self::Attached(name, _)
            | Self::Replacement(name) => vec![name],
            Self::ResourceAssociation(share, resource) => vec![share, resource],
            Self::Principal(share, _) | Self::Source(share, _) | Self::Invitation(share, ..) => {
                vec![share]
            }
            Self::Permission(_) | Self::Type(_) | Self::Managed(Managed::Default(_)) => Vec::new(),
        }
    }
}

impl Key {
    /// Returns the key with other names in place of some.
    #[must_use]
    pub fn renamed(&self, other: impl Fn(&Name) -> Option<Name>) -> Self {
        let new = |name: &Name| other(name).unwrap_or_else(|| name.clone());
        match self {
            Self::Resource(name) => Self::Resource(new(name)),
            Self::Share(name) => Self::Share(new(name)),
            Self::ResourceAssociation(share, name) => {
                Self::ResourceAssociation(new(share), new(name))
            }
            Self::Principal(share, principal) => Self::Principal(new(share), principal.clone()),
            Self::Source(share, source) => Self::Source(new(share), source.clone()),
            Self::Invitation(share, receiver, number) => {
                Self::Invitation(new(share), *receiver, *number)
            }
            Self::Managed(Managed::Customer(name)) => Self::Managed(Managed::Customer(new(name))),
            Self::Version(name, number) => Self::Version(new(name), *number),
            Self::Attached(share, of_type) => Self::Attached(new(share), of_type.clone()),
            Self::Replacement(name) => Self::Replacement(new(name)),
            Self::Permission(_) | Self::Type(_) | Self::Managed(Managed::Default(_)) => {
                self.clone()
            }
        }
    }
}

/// The key as a report names it.
impl std::fmt::Display for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Resource(name) | Self::Share(name) => write!(formatter, "{name}"),
            Self::ResourceAssociation(share, resource) => {
                write!(formatter, "{resource} in {share}")
            }
            Self::Principal(share, principal) => write!(formatter, "{principal} in {share}"),
            Self::Source(share, from) => write!(formatter, "source {from} of {share}"),
            Self::Invitation(share, receiver, _) => {
                write!(formatter, "invitation:{share}/{receiver}")
            }
            Self::Permission(LaunchPermission::All) => write!(formatter, "permission for all"),
            Self::Permission(LaunchPermission::Account(account)) => {
                write!(formatter, "permission for {account}")
            }
            Self::Permission(LaunchPermission::Organization(name)) => {
                write!(formatter, "permission for {name}")
            }
            Self::Permission(LaunchPermission::OrganizationalUnit(name)) => {
                write!(formatter, "permission for ou:{name}")
            }
            Self::Type(name) => write!(formatter, "{name}"),
            Self::Managed(Managed::Customer(name)) | Self::Replacement(name) => {
                write!(formatter, "{name}")
            }
            Self::Managed(Managed::Default(of_type)) => {
                write!(formatter, "default permission of {of_type}")
            }
            Self::Version(name, number) => write!(formatter, "{name} version {number}"),
            Self::Attached(share, of_type) => {
                write!(formatter, "permission of {of_type} in {share}")
            }
        }
    }
}

/// Whether a call is granted, before anything happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is.
    Granted,
    /// It is refused.
    Refused(Refusal),
    /// Nobody outside AWS knows.
    Open(Undecided),
}

/// Collects the rules that a call breaks.
///
/// The order of the conditions means nothing: no source says which of several refusals comes
/// first, so a refusal may cite any of the broken rules.
#[derive(Default)]
pub struct Conditions {
    broken: Vec<&'static Rule>,
    empty_list: EmptyList,
    gone: Option<&'static Rule>,
}

impl Conditions {
    /// The call breaks `rule` unless `holds`. For an open rule that decides a grant, `holds` says
    /// that the rule is not touched.
    pub fn require(&mut self, holds: bool, rule: &'static Rule) {
        if !holds && !self.broken.contains(&rule) {
            self.broken.push(rule);
        }
    }

    /// The call names something that was deleted unless `lives`. For how long AWS knows of it is open;
    /// `unknown` is the rule by which it is refused from then on.
    pub fn require_living(&mut self, lives: bool, unknown: &'static Rule) {
        self.require(lives, &visibility::NAMED_AFTER_DELETION);
        if !lives {
            self.gone.get_or_insert(unknown);
        }
    }

    /// Says what finding nothing in place of a refusal means.
    pub fn empty_list(&mut self, means: EmptyList) {
        self.empty_list = means;
    }

    /// Whether nothing is broken yet.
    #[must_use]
    pub fn hold(&self) -> bool {
        self.broken.is_empty()
    }

    /// The call breaks what these conditions say as well.
    pub fn also(&mut self, others: Self) {
        for rule in others.broken {
            self.require(false, rule);
        }
        self.gone = self.gone.or(others.gone);
    }

    /// The call rests on what an earlier answer left undecided by this open rule, if any.
    pub fn require_not_open(&mut self, open: Option<&'static Rule>) {
        if let Some(open) = open {
            self.require(false, open);
        }
    }

    /// Whether nothing is broken but open rules.
    #[must_use]
    pub fn only_open(&self) -> bool {
        self.broken.iter().all(|rule| rule.evidence == Evidence::Open)
    }

    /// Decides: a refusal if a known rule is broken, an open answer if only open ones
    /// are touched, a grant otherwise.
    #[must_use]
    pub fn decide(mut self) -> Decision {
        if self.broken.is_empty() {
            return Decision::Granted;
        }
        self.broken.sort_by_key(|rule| std::cmp::Reverse(rule.evidence));
        if self.broken[0].evidence > Evidence::Open {
            return Decision::Refused(Refusal { broken: self.broken, empty_list: self.empty_list });
        }
        let granted = !self.broken.iter().any(|rule| matches!(rule.decides, Decides::Refusal(_)));
        Decision::Open(Undecided { rules: self.broken, granted, refused_by: self.gone })
    }
}
