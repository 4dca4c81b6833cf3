//! Scenarios as text: the one way to write each.

use std::fmt;

use bellwether_model::parameters::Value;
use bellwether_model::{Account, Assumptions, Call, Region, Shape};
use smol_str::SmolStr;

use super::lex::quote;
use super::{
    AnswerClaim, Associated, Claim, Fact, FieldClaim, Item, ReplyClaim, RowClaim, Scenario, Step,
};

/// The column, counted from 0, of the `!` of lines that are short enough.
const CLAIM_COLUMN: usize = 64;

/// The canonical text: it parses back to the same scenario, and prints the same from there.
///
/// Comments that come first stand above the `world` line; actors and the claims of steps are aligned; an
/// empty line stands before comments in between.
impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leading = self.items.iter().take_while(|it| is_comment(it)).count();
        let (leading, items) = self.items.split_at(leading);
        for comment in leading {
            writeln!(formatter, "{comment}")?;
        }
        writeln!(formatter, "world {}", world_words(self.shape, self.assumptions))?;
        let actors = self.steps().map(|step| caller(step).len());
        let width = actors.chain([8]).max().unwrap_or(0);
        let mut after_comment = false;
        for (place, item) in items.iter().enumerate() {
            if place == 0 || (is_comment(item) && !after_comment) {
                writeln!(formatter)?;
            }
            after_comment = is_comment(item);
            match item {
                Item::Step(step) => writeln!(formatter, "{}", step_line(step, width))?,
                Item::Comment(_) | Item::Claim(_) | Item::Reply(_) => {
                    writeln!(formatter, "{item}")?;
                }
            }
        }
        Ok(())
    }
}

fn is_comment(item: &Item) -> bool {
    match item {
        Item::Comment(_) => true,
        Item::Step(_) | Item::Claim(_) | Item::Reply(_) => false,
    }
}

/// Returns the words behind `world` for this shape and these assumptions.
#[must_use]
pub(crate) fn world_words(shape: Shape, assumptions: Assumptions) -> String {
    let words = match shape {
        Shape::Standalone => "standalone",
        Shape::Organization { sharing: true } => "organization sharing=on",
        Shape::Organization { sharing: false } => "organization sharing=off",
    };
    match assumptions.names() {
        Some(names) => format!("{words} assume={names}"),
        None => words.to_owned(),
    }
}

/// The line, without alignment.
impl fmt::Display for Item {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Comment(text) if text.is_empty() => formatter.write_str("#"),
            Self::Comment(text) => write!(formatter, "# {text}"),
            Self::Step(step) => write!(formatter, "{step}"),
            Self::Claim(claim) => write!(formatter, "{claim}"),
            Self::Reply(claim) => write!(formatter, "{claim}"),
        }
    }
}

/// The line, without alignment.
impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", caller(self), called(self))?;
        match &self.claim {
            Some(claim) => write!(formatter, " {claim}"),
            None => Ok(()),
        }
    }
}

fn step_line(step: &Step, width: usize) -> String {
    let call = format!("{:width$} {}", caller(step), called(step));
    let column = CLAIM_COLUMN - 1;
    match &step.claim {
        Some(claim) => format!("{call:column$} {claim}"),
        None => call,
    }
}

/// The claim of a step, from the `!` on.
impl fmt::Display for AnswerClaim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Granted => formatter.write_str("! granted"),
            Self::Refused(codes) => write!(formatter, "! {}", codes.join("|")),
        }
    }
}

/// The label, the actor and the Region of a step.
fn caller(step: &Step) -> String {
    let actor = actor_in(step.actor, step.call.region());
    match &step.label {
        Some(label) => format!("@{label} {actor}"),
        None => actor,
    }
}

/// An actor, and the Region if it is not the one that is meant without saying so.
fn actor_in(actor: Account, region: Region) -> String {
    if region == Region::HOME { actor.to_string() } else { format!("{actor} in {region}") }
}

/// The operation of a call and its arguments.
fn call_words(call: &Call) -> Vec<String> {
    let arguments = call.write();
    let mut words = vec![call.operation().to_owned()];
    words.extend(arguments.subject.as_ref().map(value));
    words.extend(arguments.named.iter().map(|(key, values)| assigned(key, values)));
    words
}

fn assigned(key: &str, values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(value).collect();
    format!("{key}={}", values.join(","))
}

/// A step without its actor and its claim.
fn called(step: &Step) -> String {
    let mut words = call_words(&step.call);
    if let Some(made) = &step.made {
        words.push(format!("-> {made}"));
    }
    words.join(" ")
}

fn value(value: &Value) -> String {
    if value.quoted { quote(&value.text) } else { value.text.to_string() }
}

/// The line.
impl fmt::Display for Claim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "? {} {}", actor_in(self.actor, self.region), self.fact.verb())?;
        match &self.fact {
            Fact::Sees(name)
            | Fact::Hidden(name)
            | Fact::MayLaunch(name)
            | Fact::MayNotLaunch(name)
            | Fact::Running(name) => write!(formatter, " {name}"),
            Fact::Share(share, status) | Fact::Invitation(share, status) => {
                write!(formatter, " {share} {}", word(status.as_ref()))
            }
            Fact::Association(share, associated, status) => {
                write!(formatter, " {share} {associated} {}", word(status.as_ref()))
            }
            Fact::Row(claim) => write!(formatter, " {claim}"),
        }
    }
}

/// The list, the row and its fields, without the verb.
impl fmt::Display for RowClaim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = call_words(&self.call);
        words.push(value(&self.row));
        words.extend(self.fields.iter().map(FieldClaim::to_string));
        formatter.write_str(&words.join(" "))
    }
}

/// The line.
impl fmt::Display for ReplyClaim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<String> = self.fields.iter().map(FieldClaim::to_string).collect();
        write!(formatter, "? step {} {}", self.step, fields.join(" "))
    }
}

/// The field and its value, as claims say them.
impl fmt::Display for FieldClaim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&assigned(&self.name, &self.values))
    }
}

fn word(status: Option<&SmolStr>) -> &str {
    status.map_or("absent", SmolStr::as_str)
}

/// The word of claims.
impl fmt::Display for Associated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource(name) => write!(formatter, "{name}"),
            Self::Principal(principal) => formatter.write_str(&value(&principal.write_value())),
        }
    }
}

impl Fact {
    /// The words that claims may say of an account.
    pub const VERBS: [&'static str; 10] = [
        "sees",
        "hidden",
        "may-launch",
        "may-not-launch",
        "running",
        "share",
        "association",
        "invitation",
        "lists",
        "lists-not",
    ];

    /// The word that says what is claimed.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Sees(_) => "sees",
            Self::Hidden(_) => "hidden",
            Self::MayLaunch(_) => "may-launch",
            Self::MayNotLaunch(_) => "may-not-launch",
            Self::Running(_) => "running",
            Self::Share(..) => "share",
            Self::Association(..) => "association",
            Self::Invitation(..) => "invitation",
            Self::Row(claim) if claim.listed => "lists",
            Self::Row(_) => "lists-not",
        }
    }
}
