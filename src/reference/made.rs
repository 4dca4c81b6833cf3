//! Mutants made by machine: from the parameters that each operation reads, the fields and lists that it
//! answers, and the codes of its refusals.
//!
//! What a person plants is what a person imagines. These are all that a few [`Operator`]s make of what is
//! written down of each operation, so that what the harness finds of them does not depend on who looks.
//!
//! A mutant stands between a caller and the reference: it alters a request before the reference reads it,
//! an answer before the caller does, or does to the state what the call would not. Beside it goes a
//! reference without it, which is asked the same; see `made::player`.
//!
//! To add an operator, give it a line in `operators`, and what it does in `player` or `parts`.

mod answers;
mod asked;
mod catalogue;
mod document;
mod operators;
mod parts;
mod player;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use serde::{Serialize, Serializer};

pub use answers::{Answered, Answers};
pub use operators::{Group, OPERATORS, Operator};
pub(super) use player::Player;

use super::random::scramble;

/// A mutant made by machine.
#[derive(Clone, Debug, Serialize)]
pub struct MadeMutant {
    /// The operator that made it.
    #[serde(serialize_with = "operator_name")]
    pub operator: &'static Operator,
    /// The service, as the modules of the reference call it.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// The parameter, field, list or code; empty if it is about the operation as a whole.
    pub part: String,
    /// What stands in its place, if the operator takes something in particular; else empty.
    pub instead: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn operator_name<S: Serializer>(
    operator: &&'static Operator,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(operator.name)
}

/// Its name: the operator, the operation, and what it is about.
impl fmt::Display for MadeMutant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}.{}", self.operator.name, self.service, self.operation)?;
        if !self.part.is_empty() {
            write!(formatter, "/{}", self.part)?;
        }
        if !self.instead.is_empty() {
            write!(formatter, "={}", self.instead)?;
        }
        Ok(())
    }
}

static ALL: LazyLock<Vec<MadeMutant>> = LazyLock::new(catalogue::all);

/// All mutants that the operators make.
#[must_use]
pub fn all() -> &'static [MadeMutant] {
    &ALL
}

/// Draws this number of mutants, or all if there are no more; each is as likely as the others.
#[must_use]
pub fn draw(number: usize, seed: u64) -> Vec<&'static MadeMutant> {
    let mut drawn: Vec<(u64, &MadeMutant)> =
        (0..).zip(all()).map(|(place, mutant)| (scramble(seed, place), mutant)).collect();
    drawn.sort_by_key(|(order, _)| *order);
    drawn.into_iter().take(number).map(|(_, mutant)| mutant).collect()
}

/// The effect that a mutant had, in all cases that were played against it.
#[derive(Debug, Default)]
pub struct Effect {
    reached: AtomicBool,
    triggered: AtomicBool,
}

impl Effect {
    /// Whether its operation was called with what the mutant is about.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Whether an answer differed from that of the reference without it, which was asked the same.
    #[must_use]
    pub fn is_triggered(&self) -> bool {
        self.triggered.load(Ordering::Relaxed)
    }
}

/// What stands between a caller and the reference.
#[derive(Clone, Debug)]
pub enum Between {
    /// A mutant, and the effect that it had so far.
    Mutant(&'static MadeMutant, Arc<Effect>),
    /// A witness, which notes the shapes of answers.
    Witness(Arc<Mutex<Answers>>),
}
