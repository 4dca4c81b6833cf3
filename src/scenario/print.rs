//! Scenarios as text: the one way to write each.

use std::fmt;

use bellwether_model::parameters::Value;
use bellwether_model::{Assumptions, Shape};
use smol_str::SmolStr;

use super::lex::quote;
use super::{Associated, Claim, Fact, Item, Scenario, Step};

/// The column, counted from 0, of the `!` of lines that are short enough.
const REFUSAL_COLUMN: usize = 64;

/// The canonical text: it parses back to the same scenario, and prints the same from there.
///
/// Comments that come first stand above the `world` line; actors and refusals are aligned; an
/// empty line stands before comments in between.
impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leading = self.items.iter().take_while(|it| is_comment(it)).count();
        let (leading, items) = self.items.split_at(leading);
        for comment in leading {
            writeln!(formatter, "{comment}")?;
        }
        writeln!(formatter, "world {}", world_words(self.shape, self.assumptions))?;
        let actors = self.steps().map(|step| step.actor.to_string().len());
        let width = actors.chain([8]).max().unwrap_or(0);
        let mut after_comment = false;
        for (place, item) in items.iter().enumerate() {
            if place == 0 || (is_comment(item) && !after_comment) {
                writeln!(formatter)?;
            }
            after_comment = is_comment(item);
            match item {
                Item::Step(step) => writeln!(formatter, "{}", step_line(step, width))?,
                Item::Comment(_) | Item::Claim(_) => writeln!(formatter, "{item}")?,
            }
        }
        Ok(())
    }
}

fn is_comment(item: &Item) -> bool {
    match item {
        Item::Comment(_) => true,
        Item::Step(_) | Item::Claim(_) => false,
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
        }
    }
}

/// The line, without alignment.
impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.actor, called(self))?;
        if self.refused_with.is_empty() {
            Ok(())
        } else {
            write!(formatter, " {}", refusal(&self.refused_with))
        }
    }
}

fn step_line(step: &Step, width: usize) -> String {
    let call = format!("{:width$} {}", step.actor, called(step));
    if step.refused_with.is_empty() {
        return call;
    }
    let column = REFUSAL_COLUMN - 1;
    format!("{call:column$} {}", refusal(&step.refused_with))
}

/// Returns the refusal that a step claims, from the `!` on.
#[must_use]
pub(crate) fn refusal(codes: &[SmolStr]) -> String {
    format!("! {}", codes.join("|"))
}

/// A step without its actor and its refusal.
fn called(step: &Step) -> String {
    let arguments = step.call.write();
    let mut words = vec![step.call.operation().to_owned()];
    words.extend(arguments.subject.as_ref().map(value));
    for (key, values) in &arguments.named {
        let values: Vec<String> = values.iter().map(value).collect();
        words.push(format!("{key}={}", values.join(",")));
    }
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
        write!(formatter, "? {} {}", self.actor, self.fact.verb())?;
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
        }
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
    pub const VERBS: [&'static str; 8] = [
        "sees",
        "hidden",
        "may-launch",
        "may-not-launch",
        "running",
        "share",
        "association",
        "invitation",
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
        }
    }
}
