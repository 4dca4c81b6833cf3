//! The plan of a reproduction: what every language renders.

use bellwether_model::judge::Difference;
use serde_json::Value;

use super::apis::Api;

/// A text with variables in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<Piece>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// What it says.
    Literal(String),
    /// The value of a variable.
    Variable(String),
}

impl Text {
    /// A text without variables.
    pub(super) fn literal(text: &str) -> Self {
        Self(vec![Piece::Literal(text.to_owned())])
    }

    /// The value of a variable alone.
    pub(super) fn variable(name: &str) -> Self {
        Self(vec![Piece::Variable(name.to_owned())])
    }

    /// The variable whose value it is, if it is nothing else.
    pub(super) fn as_variable(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Variable(name)] => Some(name),
            [] | [Piece::Literal(_)] | [_, _, ..] => None,
        }
    }

    /// The text, if no variable is in it.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            [Piece::Variable(_)] | [_, _, ..] => None,
        }
    }

    /// The variables in it.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }

    /// The text as one in which each piece is written so.
    pub(super) fn written(
        &self,
        literal: impl Fn(&str) -> String,
        variable: impl Fn(&str) -> String,
    ) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Literal(text) => literal(text),
            Piece::Variable(name) => variable(name),
        });
        pieces.collect()
    }
}

/// A parameter of a request, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    /// A text, or one of some words.
    Text(Text),
    /// A number or a flag, as JSON writes it.
    Plain(Value),
    /// A list.
    List(Vec<Parameter>),
    /// A structure.
    Members(Vec<(String, Parameter)>),
}

impl Parameter {
    /// The variables in it.
    pub(super) fn variables(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => text.variables().collect(),
            Self::Plain(_) => Vec::new(),
            Self::List(rows) => rows.iter().flat_map(Self::variables).collect(),
            Self::Members(members) => members.iter().flat_map(|(_, it)| it.variables()).collect(),
        }
    }
}

/// A request to the target, and what is expected of its answer.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Its number among those that were played.
    pub(super) number: usize,
    /// The line of the scenario that it is sent for, at the first of its requests.
    pub(super) line: Option<String>,
    /// The account that sends it, by its variable.
    pub(super) actor: String,
    /// The Region that it is sent to.
    pub(super) region: String,
    /// The operation.
    pub(super) api: &'static Api,
    /// Its parameters.
    pub(super) parameters: Vec<(String, Parameter)>,
    /// The variables that are read from its answer.
    pub(super) bindings: Vec<Binding>,
    /// What is expected of its answer.
    pub(super) expected: Expected,
}

/// A variable that is read from an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binding {
    /// The variable.
    pub(super) variable: String,
    /// The path of its value: members, and the numbers of rows.
    pub(super) path: Vec<String>,
    /// What the row has that the path leads through, if rows of its list are told apart so.
    pub(super) of_row: Vec<(String, Text)>,
    /// Whether the value is the last part of what the answer has, as a hosted zone's id is of a path.
    pub(super) is_last_part: bool,
}

/// What is expected of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expected<T = Text> {
    /// A grant: without it, nothing after it can be played.
    Grant,
    /// A grant, which is what the reproduction is about.
    ClaimedGrant,
    /// A refusal with one of these codes; with any, if there are none.
    Refusal(Vec<String>),
    /// A grant, and these facts about the answer.
    Facts(Vec<Fact<T>>),
    /// Anything.
    Anything,
}

/// A fact about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact<T = Text> {
    /// The path of the list whose rows it is about; of the answer itself, if it is empty.
    pub(super) rows: Vec<String>,
    /// What the rows have that it is about.
    pub(super) of_rows: Vec<(Vec<String>, T)>,
    /// The state that rows are in once they are gone, though they are listed: these do not count.
    pub(super) gone: Option<(Vec<String>, &'static [&'static str])>,
    /// What holds.
    pub(super) holds: Holds<T>,
    /// The fact in words.
    pub(super) says: String,
}

impl Fact<String> {
    /// The fact with texts that this makes of the values in it.
    pub(super) fn with(&self, text: &mut impl FnMut(&str) -> Text) -> Fact {
        let of_rows =
            self.of_rows.iter().map(|(path, value)| (path.clone(), text(value))).collect();
        let holds = match &self.holds {
            Holds::Listed => Holds::Listed,
            Holds::Absent => Holds::Absent,
            Holds::AtMost(most) => Holds::AtMost(*most),
            Holds::Field(path, wanted) => {
                let wanted = match wanted {
                    Wanted::OneOf(values) => {
                        Wanted::OneOf(values.iter().map(|it| text(it)).collect())
                    }
                    Wanted::Set(values) => Wanted::Set(values.iter().map(|it| text(it)).collect()),
                    Wanted::Flag(flag) => Wanted::Flag(*flag),
                    Wanted::Nothing => Wanted::Nothing,
                };
                Holds::Field(path.clone(), wanted)
            }
        };
        let (rows, gone, says) = (self.rows.clone(), self.gone.clone(), self.says.clone());
        Fact { rows, of_rows, gone, holds, says }
    }
}

/// What holds of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<T = Text> {
    /// There is one of them.
    Listed,
    /// There is none.
    Absent,
    /// There are this many at most.
    AtMost(usize),
    /// The first one has this field.
    Field(Vec<String>, Wanted<T>),
}

/// The value that a field has to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted<T = Text> {
    /// One of these texts.
    OneOf(Vec<T>),
    /// True or false.
    Flag(bool),
    /// None: it is left out.
    Nothing,
    /// These texts, in any order.
    Set(Vec<T>),
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Actor {
    /// Its variable.
    pub(super) name: String,
    /// Whether its id is chosen at the beginning; otherwise an answer has it.
    pub(super) is_chosen: bool,
}

/// A reproduction.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its name: that of the scenario.
    pub(super) name: String,
    /// The comment that it begins with, by lines.
    pub(super) comment: Vec<String>,
    /// The accounts.
    pub(super) actors: Vec<Actor>,
    /// Whether it uses a text that is different in each run.
    pub(super) uses_run: bool,
    /// The requests, in order.
    pub(super) requests: Vec<Request>,
    /// The requests that remove what was made, in order.
    pub(super) undo: Vec<Undo>,
}

/// A request that removes what another one made.
#[derive(Clone, Debug)]
pub(super) struct Undo {
    /// The number of the request that made it.
    pub(super) of: usize,
    /// The variable that has a value once it was made, if there is one.
    pub(super) made: Option<String>,
    /// The request.
    pub(super) request: Request,
}

impl Plan {
    /// The variables that are read from answers, in order.
    pub(super) fn variables(&self) -> Vec<&str> {
        let bindings = self.requests.iter().flat_map(|request| &request.bindings);
        bindings.map(|binding| binding.variable.as_str()).collect()
    }

    /// Whether anything that it expects can show a difference of this kind.
    pub(super) fn can_show(&self, difference: Difference) -> bool {
        use Difference as D;
        self.requests.iter().any(|request| match difference {
            D::WronglyGranted | D::WrongCode | D::EmptyNotRefused => {
                matches!(request.expected, Expected::Refusal(_))
            }
            D::Leak | D::Lost | D::WrongField | D::Late | D::Flap => {
                matches!(request.expected, Expected::Facts(_))
            }
            D::WronglyRefused | D::Crash | D::Unreadable => {
                !matches!(request.expected, Expected::Grant | Expected::Anything)
            }
        })
    }

    /// The services that requests are sent to.
    pub(super) fn services(&self) -> Vec<&str> {
        let mut services: Vec<&str> = self
            .requests
            .iter()
            .chain(self.undo.iter().map(|undo| &undo.request))
            .map(|request| request.api.service.as_str())
            .collect();
        services.sort_unstable();
        services.dedup();
        services
    }
}
