//! Assumptions of a run about its target that contradict AWS: off unless they are asked for.
//!
//! Some tutorials and emulators share through RAM what AWS shares otherwise. An assumption makes
//! the model expect what they promise, so that such a walkthrough runs as it is written. And limits that
//! nobody reaches can be lowered in a target for tests.

use std::fmt;
use std::str::FromStr;

/// Something that is so only where a run assumes it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// RAM shares AMIs: they are seen and launched while they are shared.
    RamSharesImages,
    /// RAM shares private hosted zones: they are seen, and VPCs associated, while they are shared.
    RamSharesHostedZones,
    /// The limits are those of [`Limits::LOW`](crate::limits::Limits::LOW).
    LowLimits,
}

impl Assumption {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RamSharesImages, Self::RamSharesHostedZones, Self::LowLimits];

    /// The name on the command line, in the configuration and in scenarios.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RamSharesImages => "ram-shares-images",
            Self::RamSharesHostedZones => "ram-shares-hosted-zones",
            Self::LowLimits => "low-limits",
        }
    }
}

/// The name.
impl fmt::Display for Assumption {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The assumption of this name.
impl FromStr for Assumption {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            format!("{text:?} is not a valid assumption; expected one of {known}")
        })
    }
}

/// A set of assumptions; none of them to begin with.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumptions(u8);

impl Assumptions {
    /// Whether this is assumed.
    #[must_use]
    pub fn hold(self, assumption: Assumption) -> bool {
        self.0 & Self::bit(assumption) != 0
    }

    /// Whether nothing is assumed.
    #[must_use]
    pub fn are_none(self) -> bool {
        self.0 == 0
    }

    /// The set with all of another one.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether all of these are in another set.
    #[must_use]
    pub fn are_all_in(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// Those in the set.
    pub fn iter(self) -> impl Iterator<Item = Assumption> {
        Assumption::ALL.into_iter().filter(move |it| self.hold(*it))
    }

    /// The names, with commas; empty if there are none.
    #[must_use]
    pub fn names(self) -> Option<String> {
        let names: Vec<_> = self.iter().map(Assumption::as_str).collect();
        (!names.is_empty()).then(|| names.join(","))
    }

    fn bit(assumption: Assumption) -> u8 {
        1 << assumption as u8
    }
}

impl FromIterator<Assumption> for Assumptions {
    fn from_iter<T: IntoIterator<Item = Assumption>>(assumed: T) -> Self {
        Self(assumed.into_iter().map(Self::bit).fold(0, |all, bit| all | bit))
    }
}

#[cfg(test)]
mod tests {
    use super::{Assumption, Assumptions};

    #[test]
    fn a_set_holds_what_was_put_in_and_reads_back_by_name() {
        let none = Assumptions::default();
        assert_eq!(none.names(), None);
        for assumption in Assumption::ALL {
            let one = Assumptions::from_iter([assumption]);
            assert!(one.hold(assumption) && !none.hold(assumption));
            assert!(none.are_all_in(one) && !one.are_all_in(none));
            assert_eq!(none.and(one), one);
            assert_eq!(one.names().unwrap().parse(), Ok(assumption));
        }
    }
}
