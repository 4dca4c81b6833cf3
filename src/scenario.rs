//! Scenarios: a world, the steps that its accounts take, and what is claimed on the way.
//!
//! The notation is one everywhere: suites, counterexamples, reports and logs.

mod case;
mod claim;
mod lex;
mod nearest;
mod parse;
mod placeholders;
mod print;
mod row;

use bellwether_model::parameters::Value;
use bellwether_model::{Account, Assumptions, Call, Name, Principal, Region, Shape};
use smol_str::SmolStr;

pub(crate) use case::renamed;
pub use case::{Case, CaseError};
pub use claim::ClaimResult;
pub(crate) use claim::{granted, listed};
pub use nearest::nearest;
pub use parse::ParseError;
pub(crate) use print::world_words;
pub use row::FieldClaim;
pub(crate) use row::row_word;

/// A scenario, as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The relations of the accounts at the start.
    pub shape: Shape,
    /// The assumptions made of the target, against AWS.
    pub assumptions: Assumptions,
    /// Comments, steps and claims, in order; comments before the `world` line come first.
    pub items: Vec<Item>,
}

/// A line of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "most lines are steps")]
pub enum Item {
    /// A comment, without its `#`; the text after it is trimmed.
    Comment(String),
    /// A call.
    Step(Step),
    /// Something that is said to hold at this point.
    Claim(Claim),
    /// Something that is said of the reply to an earlier step.
    Reply(ReplyClaim),
}

/// A call by an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name by which later claims mean its reply, if it has one.
    pub label: Option<Name>,
    /// The caller.
    pub actor: Account,
    /// The call.
    pub call: Call,
    /// The name of the resource that is made. It is left out where nothing is made, and may be left
    /// out where nothing later names the resource; see [`Step::made_name`].
    pub made: Option<Name>,
    /// The claim about the answer, if there is one; otherwise the model alone decides.
    pub claim: Option<AnswerClaim>,
}

/// The claim of a step about its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerClaim {
    /// `! granted`
    Granted,
    /// `! Code|Code`: it is refused, with one of these codes.
    Refused(Vec<SmolStr>),
}

/// A claim about the reply to a step: `step LABEL FIELD=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyClaim {
    /// The label of the step.
    pub step: Name,
    /// The fields of its reply; at least one.
    pub fields: Vec<FieldClaim>,
}

/// A claim about a row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowClaim {
    /// The list, as the account asks for it, without the Region.
    pub call: Call,
    /// The row, by the name, principal or text of its subject.
    pub row: Value,
    /// The fields of the row; none where it is not listed.
    pub fields: Vec<FieldClaim>,
    /// Whether the row is in the list.
    pub listed: bool,
}

/// Something that is said to hold at a point of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Of whom it is said.
    pub actor: Account,
    /// The Region of which it is said.
    pub region: Region,
    /// The fact.
    pub fact: Fact,
}

/// A fact about what an account sees or may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `sees RESOURCE`
    Sees(Name),
    /// `hidden RESOURCE`
    Hidden(Name),
    /// `may-launch RESOURCE`: into a subnet, or from an image.
    MayLaunch(Name),
    /// `may-not-launch RESOURCE`
    MayNotLaunch(Name),
    /// `running RESOURCE`
    Running(Name),
    /// `share SHARE STATUS|absent`, as the account's lists of shares show it.
    Share(Name, Option<SmolStr>),
    /// `association SHARE RESOURCE-or-principal STATUS|absent`, as the owner's list shows it.
    Association(Name, Associated, Option<SmolStr>),
    /// `invitation SHARE STATUS|absent`, as the account's list of invitations shows it.
    Invitation(Name, Option<SmolStr>),
    /// `lists OPERATION KEY=VALUE ROW FIELD=VALUE`, or `lists-not` without fields.
    Row(Box<RowClaim>),
}

/// The other side of an association with a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Associated {
    /// A resource.
    Resource(Name),
    /// A principal.
    Principal(Principal),
}

/// A scenario together with where its lines stood in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The name of the text in messages: mostly a path.
    pub file_name: String,
    /// The scenario.
    pub scenario: Scenario,
    /// The line of each item of the scenario, counted from 1.
    pub lines: Vec<usize>,
}

impl Parsed {
    /// Reads a scenario and keeps where its lines stand.
    ///
    /// # Errors
    ///
    /// The first place where the text is not a valid scenario.
    pub fn read(file_name: &str, text: &str) -> Result<Self, ParseError> {
        parse::read(file_name, text)
    }

    /// The items with their lines.
    pub fn lined(&self) -> impl Iterator<Item = (usize, &Item)> {
        self.lines.iter().copied().zip(&self.scenario.items)
    }
}

impl Scenario {
    /// Reads a scenario. `file_name` stands in messages alone.
    ///
    /// # Errors
    ///
    /// The first place where the text is not a valid scenario.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, ParseError> {
        Parsed::read(file_name, text).map(|parsed| parsed.scenario)
    }

    /// The steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.items.iter().filter_map(|item| match item {
            Item::Step(step) => Some(step),
            Item::Comment(_) | Item::Claim(_) | Item::Reply(_) => None,
        })
    }

    /// Returns the description of the scenario: the comments that it begins with.
    #[must_use]
    pub fn description(&self) -> String {
        let comments = self.items.iter().map_while(|item| match item {
            Item::Comment(text) if !text.is_empty() => Some(text.as_str()),
            Item::Comment(_) | Item::Step(_) | Item::Claim(_) | Item::Reply(_) => None,
        });
        comments.collect::<Vec<_>>().join(" ")
    }
}

impl Step {
    /// A step that claims nothing of its answer.
    #[must_use]
    pub fn new(actor: Account, call: impl Into<Call>, made: Option<Name>) -> Self {
        Self { label: None, actor, call: call.into(), made, claim: None }
    }

    /// Returns the name of the resource that the step makes, or one that no scenario can
    /// spell. `place` is the step's place among the steps, which keeps such names apart.
    #[must_use]
    pub fn made_name(&self, place: usize) -> Name {
        self.made.clone().unwrap_or_else(|| Name::new(format!("unnamed.{place}")))
    }
}
