//! Draws scenarios from the model: a world, and steps that its accounts could take.
//!
//! A case is drawn before its first request. Requests are slow and the model is fast: many short
//! walks are tried in the model; the one with the highest novelty per cost is kept, reduced to the
//! steps that its novelty needs. proptest gives the randomness and the strategy interface; running,
//! shrinking and keeping counterexamples is Bellwether's own.
//!
//! From the bottom up: `tuning` (figures), `coverage` (points, hits), `cursor` (world and step), `corpus`
//! (shortest known steps), `search` (what a run knows), `topics` (what a walk is about), `walk`.

mod corpus;
mod coverage;
mod cursor;
mod nouns;
mod prepared;
mod search;
mod steps;
mod topics;
mod tuning;
mod walk;

use std::collections::BTreeSet;

use bellwether_model::dice::Dice;
use bellwether_model::{Assumptions, Shape};
use proptest::strategy::{Just, NewTree, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub use search::Search;
pub use tuning::{Chances, Costs, PARTS, Part, Tuning, UnknownPart, Weights};

pub(crate) use steps::drop_one_by_one;

use prepared::Prepared;
use walk::CaseBuilder;

use crate::capabilities::Capabilities;
use crate::run::Origin;
use crate::scenario::Case;

/// The number of steps that a drawn case has at most, for `check` and `power` alike: long cases
/// find deep faults with fewer requests, and longer ones than this find no more.
pub const STEPS: usize = 80;

/// The strategy that draws cases.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Largest number of steps of a case.
    pub steps: usize,
    /// The assumptions by which the target differs from AWS.
    pub assumptions: Assumptions,
    /// The capabilities of the target; nothing else is drawn.
    pub capabilities: Capabilities,
    /// Origins of known divergences: calls that would hit them are mostly not drawn.
    pub known: BTreeSet<Origin>,
    /// The generator that draws them.
    pub generator: Generator,
    /// The figures by which they are drawn.
    pub tuning: Tuning,
}

/// A generator of cases.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Generator {
    /// Guided by coverage: the most novel of several walks and entries of the corpus.
    #[default]
    Guided,
    /// Step by step, by the weights of operations and callers, without coverage. It is the fastest.
    Weighted,
    /// Step by step, every account and operation as likely as the other, and no call is thinned: what
    /// a stateful testing library does by itself. It is the baseline.
    Uniform,
}

impl Strategy for Cases {
    type Tree = Just<Case>;
    type Value = Case;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(Just(self.draw(&mut Dice::new(runner), &mut Search::default())))
    }
}

/// Returns the runner whose generator draws the case of this number in the run of this seed.
#[must_use]
pub fn runner_of(seed: u64, number: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng)
}

impl Cases {
    /// Draws the case of this number in the run of this seed, by what those before it have reached.
    #[must_use]
    pub fn case(&self, seed: u64, number: u64, search: &mut Search) -> Case {
        self.draw(&mut Dice::new(&mut runner_of(seed, number)), search)
    }

    fn draw(&self, dice: &mut Dice<'_>, search: &mut Search) -> Case {
        let shape = self.draw_shape(dice);
        search.begin_case(&self.tuning);
        let walks = self.generator == Generator::Guided && self.tuning.has(&tuning::WALKS);
        let mut case = CaseBuilder::begin(self, shape);
        for _ in 0..self.steps * 4 {
            let left = self.steps.saturating_sub(case.steps.len());
            if left == 0 {
                break;
            }
            if walks && dice.percent(self.tuning.chances.walking) {
                case.add_best_walk(left, dice, search);
            } else {
                case.add_any_step(dice, search);
            }
        }
        let travels = self.generator != Generator::Uniform && self.capabilities.has_away();
        if travels && dice.percent(self.tuning.chances.away) {
            case.end_away(self.steps, dice, search);
        }
        let steps = case.steps.into_iter().map(Prepared::into_step).collect();
        let drawn = Case::new(shape, self.assumptions, steps);
        drawn.expect("walks name what they have made, and accounts of their world")
    }

    fn draw_shape(&self, dice: &mut Dice<'_>) -> Shape {
        let chances = &self.tuning.chances;
        let weight = |shape: &Shape| match shape {
            Shape::Standalone => chances.standalone,
            Shape::Organization { sharing: true } => chances.sharing,
            Shape::Organization { sharing: false } => chances.not_sharing,
        };
        let shapes = self.capabilities.shapes().into_iter();
        if self.generator == Generator::Uniform {
            return dice.pick_from(shapes).unwrap_or(Shape::Standalone);
        }
        let weighted = shapes.map(|shape| (shape, weight(&shape)));
        dice.pick_weighted(weighted).unwrap_or(Shape::Standalone)
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::operations::OPERATIONS;

    use super::*;
    use crate::scenario::Scenario;

    pub(super) fn cases() -> Cases {
        Cases {
            steps: 50,
            assumptions: Assumptions::default(),
            capabilities: Capabilities::all(),
            known: BTreeSet::new(),
            generator: Generator::Guided,
            tuning: Tuning::default(),
        }
    }

    /// A case that is the first of its run.
    fn first(seed: u64, number: u64) -> Case {
        cases().case(seed, number, &mut Search::default())
    }

    #[test]
    fn the_same_seed_and_number_draw_the_same_case() {
        assert_eq!(first(7, 3), first(7, 3));
        assert_ne!(first(7, 3), first(7, 4));
        assert_ne!(first(7, 3), first(8, 3));
    }

    #[test]
    fn coverage_changes_the_next_case() {
        let mut search = Search::default();
        let _first = cases().case(7, 3, &mut search);
        assert_ne!(cases().case(7, 4, &mut search), first(7, 4));
    }

    #[test]
    fn a_step_names_only_what_an_earlier_step_made() {
        for number in 0..40 {
            let case = first(1, number);
            let mut made = BTreeSet::new();
            for step in case.steps() {
                for name in step.call.names() {
                    assert!(made.contains(name), "{name} in case {number}");
                }
                if let Some(name) = &step.made {
                    assert!(made.insert(name.clone()), "{name} is made twice");
                }
            }
        }
    }

    #[test]
    fn a_case_reads_back_from_its_text() {
        // A uniform draw is fast, and keeps every call that is refused.
        let uniform = Cases { generator: Generator::Uniform, ..cases() };
        let draws = (0..50).map(|number| (cases(), number));
        for (cases, number) in draws.chain((50..2_000).map(|number| (uniform.clone(), number))) {
            let case = cases.case(2, number, &mut Search::default());
            let scenario = case.scenario();
            let text = scenario.to_string();
            assert_eq!(Scenario::parse("a.scenario", &text).ok(), Some(scenario), "{text}");
        }
    }

    #[test]
    fn only_capabilities_of_the_target_are_drawn() {
        let mut cases = cases();
        cases.capabilities.missing.insert("RunInstances".to_owned(), "a test".to_owned());
        cases
            .capabilities
            .missing
            .insert("GetResourceShares OTHER-ACCOUNTS".to_owned(), "a test".to_owned());
        cases.capabilities.no_organizations = Some("a test".to_owned());
        for number in 0..40 {
            let case = cases.case(1, number, &mut Search::default());
            assert_eq!(case.shape(), Shape::Standalone);
            assert!(case.steps().iter().all(|step| cases.capabilities.can(&step.call)));
        }
    }

    #[test]
    fn every_operation_is_drawn() {
        let mut never: BTreeSet<_> = OPERATIONS.iter().map(|info| info.name).collect();
        let mut search = Search::default();
        for number in 0..200 {
            for step in cases().case(1, number, &mut search).into_steps() {
                never.remove(step.call.operation());
            }
            if never.is_empty() {
                break;
            }
        }
        assert!(never.is_empty(), "never drawn: {never:?}");
    }
}
