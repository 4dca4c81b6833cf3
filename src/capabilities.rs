//! Capabilities of a target: the operations, and the ways to call them, that cases are drawn from.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::operations::OPERATIONS;
use bellwether_model::{Call, Region, Shape};

/// The way of calling that the second Region is probed by.
const IN_AWAY: &str = "GetResourceShares in away";

/// The capabilities found in a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The missing operations and ways to call one, each with the answer that shows it.
    pub missing: BTreeMap<String, String>,
    /// The answer that shows that no organization can be made, if so.
    pub no_organizations: Option<String>,
    /// The operations some calls of which were found never to be answered.
    pub known_to_fail: BTreeSet<&'static str>,
}

impl Capabilities {
    /// A target that has everything.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// The name under which a call's way of calling is kept.
    #[must_use]
    pub fn way(call: &Call) -> String {
        let operation = call.operation();
        if call.region() != Region::HOME {
            return format!("{operation} in {}", call.region());
        }
        call.variant().map_or_else(|| operation.to_owned(), |it| format!("{operation} {it}"))
    }

    /// Whether the target has an operation, called like this.
    #[must_use]
    pub fn can(&self, call: &Call) -> bool {
        self.missing.is_empty()
            || (self.has(call.operation())
                && !self.missing.contains_key(&Self::way(call.without_region()))
                && (call.region() == Region::HOME || self.has_away()))
    }

    /// Whether it has a second Region that answers.
    #[must_use]
    pub fn has_away(&self) -> bool {
        !self.missing.contains_key(IN_AWAY)
    }

    /// Whether the target has an operation.
    #[must_use]
    pub fn has(&self, operation: &str) -> bool {
        !self.missing.contains_key(operation)
    }

    /// Whether it can make resource shares.
    #[must_use]
    pub fn has_sharing(&self) -> bool {
        OPERATIONS.iter().any(|info| info.makes_share() && self.has(info.name))
    }

    /// The worlds that can be set up in it.
    #[must_use]
    pub fn shapes(&self) -> Vec<Shape> {
        let possible = |shape: &Shape| match shape {
            Shape::Standalone => true,
            Shape::Organization { sharing } => {
                let enabled = !sharing || self.has("EnableSharingWithAwsOrganization");
                self.no_organizations.is_none() && enabled
            }
        };
        Shape::ALL.into_iter().filter(possible).collect()
    }

    /// All operations, each with whether the target has it.
    #[must_use]
    pub fn operations(&self) -> BTreeMap<&'static str, bool> {
        OPERATIONS.iter().map(|info| (info.name, self.has(info.name))).collect()
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::ec2::DescribeSubnets;

    use super::*;

    #[test]
    fn a_target_whose_second_region_does_not_answer_is_called_at_home_alone() {
        let home = Call::from(DescribeSubnets::default());
        let away = home.clone().made_in(Region::AWAY);
        let mut capabilities = Capabilities::all();
        assert!(capabilities.has_away() && capabilities.can(&away));
        capabilities.missing.insert(IN_AWAY.to_owned(), "a test".to_owned());
        assert!(!capabilities.has_away() && !capabilities.can(&away));
        assert!(capabilities.can(&home));
    }
}
