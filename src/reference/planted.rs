//! The faults planted in one reference.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use super::mutants::{Mutant, Mutation};

/// The mutants whose faults are planted in one reference, none by default.
#[derive(Clone, Debug, Default)]
pub struct Planted {
    mutants: Arc<[&'static Mutant]>,
}

/// The reason that faults can't be planted together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Incompatible {
    /// A mutant is named twice.
    #[error("the mutant {0} is named twice")]
    Twice(&'static str),
    /// A mutant answers every request alike.
    #[error("the mutant {0} answers every request alike, so that no other fault could show")]
    Canned(&'static str),
}

impl Planted {
    /// The faults of these mutants together.
    ///
    /// # Errors
    ///
    /// One of them is named twice, or leaves nothing for the others to show in.
    pub fn together(mutants: &[&'static Mutant]) -> Result<Self, Incompatible> {
        for (place, mutant) in mutants.iter().enumerate() {
            if mutants[..place].iter().any(|other| other.name == mutant.name) {
                return Err(Incompatible::Twice(mutant.name));
            }
            if mutants.len() > 1 && matches!(mutant.mutation, Mutation::Answers(_)) {
                return Err(Incompatible::Canned(mutant.name));
            }
        }
        Ok(Self { mutants: mutants.into() })
    }

    /// Whether nothing is planted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mutants.is_empty()
    }

    /// The ways in which the reference differs from the model, in the order of the mutants.
    pub fn mutations(&self) -> impl Iterator<Item = Mutation> {
        self.mutants.iter().map(|mutant| mutant.mutation)
    }
}

impl From<Option<&'static Mutant>> for Planted {
    fn from(mutant: Option<&'static Mutant>) -> Self {
        Self { mutants: mutant.into_iter().collect() }
    }
}

/// The names of the mutants, separated by commas.
impl fmt::Display for Planted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, mutant) in self.mutants.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(formatter, "{comma}{}", mutant.name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::mutants;
    use super::*;

    fn together(names: &[&str]) -> Result<Planted, Incompatible> {
        let mutants: Vec<_> = names.iter().map(|name| mutants::find(name).unwrap()).collect();
        Planted::together(&mutants)
    }

    #[test]
    fn several_faults_are_planted_in_the_order_in_which_they_are_named() {
        let planted = together(&["accepted-twice", "launch-after-revocation"]).unwrap();
        assert_eq!(planted.to_string(), "accepted-twice,launch-after-revocation");
        assert_eq!(planted.mutations().count(), 2);
        assert!(!planted.is_empty());
    }

    #[test]
    fn a_mutant_that_is_named_twice_or_that_answers_everything_is_refused() {
        let twice = together(&["accepted-twice", "accepted-twice"]);
        assert_eq!(twice.unwrap_err(), Incompatible::Twice("accepted-twice"));
        let canned = mutants::all().map(|(_, mutant)| mutant);
        let canned = canned.filter(|it| matches!(it.mutation, Mutation::Answers(_)));
        for mutant in canned {
            assert!(together(&[mutant.name]).is_ok(), "{} alone", mutant.name);
            let both = together(&["accepted-twice", mutant.name]);
            assert_eq!(both.unwrap_err(), Incompatible::Canned(mutant.name));
        }
    }
}
