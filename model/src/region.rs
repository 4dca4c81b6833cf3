//! Regions, by their place in a world.

use std::fmt;

/// An AWS Region.
///
/// A scenario has two, and which Regions of AWS they are is its target's affair. In front of a server
/// every Region that is called has a number.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(usize);

/// The Regions of scenarios; a Region's number is its place in this list.
const NAMES: [&str; 2] = ["home", "away"];

impl Region {
    /// The Region in which steps are taken that name none. It is the one that shares global resources.
    pub const HOME: Self = Self(0);
    /// The other Region of a scenario.
    pub const AWAY: Self = Self(1);

    /// The Region of this number, counted from 0, which is [`HOME`](Self::HOME).
    #[must_use]
    pub fn numbered(number: usize) -> Self {
        Self(number)
    }

    /// The Region of a scenario that is called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().position(|known| *known == name).map(Self)
    }

    /// The names of the Regions of scenarios, in the order of their constants.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }
}

/// The Region's name in scenarios, or its number.
impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMES.get(self.0) {
            Some(name) => formatter.pad(name),
            None => write!(formatter, "region-{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Region;

    #[test]
    fn a_region_of_scenarios_reads_back_as_it_prints() {
        for region in [Region::HOME, Region::AWAY] {
            assert_eq!(Region::named(&region.to_string()), Some(region));
        }
        assert_eq!(Region::named("us-east-1"), None);
    }
}
