//! The rulebook: what the model was written from, one row for each statement about AWS.
//!
//! A rule names the rows that it restates. A row that no rule restates says why; so nothing that
//! is known of AWS is left out in silence. Facts, which are answers that AWS gave to somebody,
//! have rows of their own: rules rest on them, and scenarios show them.

pub mod facts;
pub mod resources;
pub mod sharing;

use crate::rules::{self, Rule};

pub use facts::FACTS;
pub use resources::RESOURCES;
pub use sharing::SHARING;

/// Rows about one resource.
#[derive(Debug)]
pub struct Section {
    /// The subject of the rows.
    pub title: &'static str,
    /// The rows, in order.
    pub rows: &'static [Row],
}

/// One statement about AWS.
#[derive(Debug)]
pub struct Row {
    /// The id of the statement.
    pub id: &'static str,
    /// The subject, in a phrase.
    pub says: &'static str,
    /// The reason that nothing restates or shows it; empty if something does.
    pub unstated: &'static str,
    /// The tests that state it beside the scenarios, by their names.
    pub tests: &'static [&'static str],
}

/// The reasons that rows are not stated.
const BOUNDS: &str = "how long AWS takes: a target states its own bound";
const COSTS: &str = "what AWS charges is never judged";
const DRY_RUNS: &str = "what a dry run looks at is judged of launches alone";
const EMULATORS: &str = "what an emulator does is no evidence of AWS";
const IAM: &str = "every caller may do what its account may";
const IDS: &str = "names stand for ids, whose form is never looked into";
const NO_CAUSE: &str = "no source says what brings it about";
const NO_POLICIES: &str =
    "only a policy put on a resource makes such a share, and no operation of the model puts one";
const ORDER: &str = "the order of rows is not judged";
const OTHER_TYPES: &str = "a type that is not modelled";
const RATES: &str = "throttling is a transient fault, which is never judged";
const REGION: &str = "a run keeps to two Regions";
const YOUNGER: &str = "the SDK that Bellwether is built with does not know it";

/// All statements of the rulebook, without the facts.
pub fn statements() -> impl Iterator<Item = &'static Row> {
    SHARING.iter().chain(RESOURCES).flat_map(|section| section.rows)
}

/// All facts.
pub fn facts() -> impl Iterator<Item = &'static Row> {
    FACTS.iter().flat_map(|section| section.rows)
}

/// A row that something restates.
const fn row(id: &'static str, says: &'static str) -> Row {
    Row { id, says, unstated: "", tests: &[] }
}

impl Row {
    /// The row, with the reason why nothing restates or shows it.
    const fn unstated(mut self, why: &'static str) -> Self {
        self.unstated = why;
        self
    }

    /// The row, with the tests that state it.
    const fn tested(mut self, tests: &'static [&'static str]) -> Self {
        self.tests = tests;
        self
    }

    /// The rules that restate it, or rest on it.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let id = self.id;
        rules::all().filter(move |rule| rule.rulebook.contains(&id))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{facts, statements};
    use crate::rules;

    #[test]
    fn a_row_is_listed_once() {
        let mut ids = BTreeSet::new();
        for row in statements().chain(facts()) {
            assert!(ids.insert(row.id), "{} is listed twice", row.id);
        }
    }

    #[test]
    fn every_statement_is_restated_by_a_rule_or_says_why_not() {
        for row in statements() {
            let rules: Vec<_> = row.rules().map(|rule| rule.name).collect();
            let (id, why) = (row.id, row.unstated);
            assert!(
                !rules.is_empty() || !why.is_empty(),
                "{id}: name it in a rule, or say why not"
            );
            assert!(rules.is_empty() || why.is_empty(), "{id} is in {rules:?}: it needs no excuse");
        }
    }

    #[test]
    fn every_row_that_a_rule_names_exists() {
        let ids: BTreeSet<_> = statements().chain(facts()).map(|row| row.id).collect();
        for rule in rules::all() {
            for row in rule.rulebook {
                assert!(ids.contains(row), "{} names the row {row}, which is none", rule.name);
            }
        }
    }
}
