//! Draws scenarios from the model: a world, and steps that its accounts could take.
//!
//! The whole sequence is drawn before the first request. Requests are dear and the model is cheap, so
//! many short walks are tried in the model; of each no more is kept than what reaches something new
//! takes, and the one that reaches the most with the fewest steps is taken. proptest gives the
//! randomness and the strategy interface; running, shrinking and keeping counterexamples is
//! Bellwether's own.

mod reached;
mod routes;
mod topics;
mod walk;

use std::collections::BTreeSet;

use bellwether_model::dice::Dice;
use bellwether_model::{Assumptions, Shape};
use proptest::strategy::{Just, NewTree, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub use reached::Reached;

use walk::Drawing;

use crate::capabilities::Capabilities;
use crate::run::Origin;
use crate::scenario::{Case, Step};

/// The strategy that draws cases.
#[derive(Clone, Debug)]
pub struct Cases {
    /// How many steps a case has at the most.
    pub steps: usize,
    /// What is taken for granted of the target, against AWS.
    pub assumptions: Assumptions,
    /// What the target has; nothing else is drawn.
    pub capabilities: Capabilities,
    /// Origins that are known already: what would hit them is mostly not drawn.
    pub known: BTreeSet<Origin>,
    /// How they are drawn.
    pub way: Way,
}

/// A way to draw cases.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// By what is worth doing.
    #[default]
    Favouring,
    /// By what is worth doing, one step after the other, whatever they reach: that takes the least
    /// time.
    Loosely,
    /// Any account, any operation, one as likely as the other, whatever comes of it: what a
    /// stateful testing library does by itself, to measure against.
    Plainly,
}

/// Of a hundred times that steps are drawn, how often for what they reach.
const FAVOURED: usize = 85;

impl Strategy for Cases {
    type Tree = Just<Case>;
    type Value = Case;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(Just(self.draw(&mut Dice::new(runner), &mut Reached::default())))
    }
}

/// The runner whose generator draws the case of this number in the run of this seed.
#[must_use]
pub fn runner_of(seed: u64, number: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng)
}

impl Cases {
    /// The case of this number in the run of this seed. What the cases before it have reached is
    /// favoured less.
    #[must_use]
    pub fn case(&self, seed: u64, number: u64, reached: &mut Reached) -> Case {
        self.draw(&mut Dice::new(&mut runner_of(seed, number)), reached)
    }

    fn draw(&self, dice: &mut Dice<'_>, reached: &mut Reached) -> Case {
        let shape = self.draw_shape(dice);
        reached.begin_case();
        let mut drawing = Drawing::begin(self, shape);
        for _ in 0..self.steps * 4 {
            let left = self.steps.saturating_sub(drawing.steps.len());
            if left == 0 {
                break;
            }
            if self.way == Way::Favouring && dice.percent(FAVOURED) {
                drawing.walk_on(left, dice, reached);
            } else {
                drawing.step_on(dice, reached);
            }
        }
        let drawn = Case::new(shape, self.assumptions, drawing.steps);
        drawn.expect("walks name what they have made, and accounts of their world")
    }

    fn draw_shape(&self, dice: &mut Dice<'_>) -> Shape {
        let weight = |shape: &Shape| match shape {
            Shape::Standalone => 7,
            Shape::Organization { sharing: true } => 10,
            Shape::Organization { sharing: false } => 3,
        };
        let shapes = self.capabilities.shapes().into_iter();
        if self.way == Way::Plainly {
            return dice.pick_from(shapes).unwrap_or(Shape::Standalone);
        }
        let weighted = shapes.map(|shape| (shape, weight(&shape)));
        dice.pick_weighted(weighted).unwrap_or(Shape::Standalone)
    }
}

/// As few of the steps as it holds of, left out one at a time from the last on; one that makes what
/// others name stays.
pub(crate) fn fewest(mut steps: Vec<Step>, mut holds: impl FnMut(&[Step]) -> bool) -> Vec<Step> {
    for index in (0..steps.len()).rev() {
        let mut fewer = steps.clone();
        let Step { made, .. } = fewer.remove(index);
        let is_named = made.is_some_and(|made| {
            fewer.iter().any(|step| step.call.names().into_iter().any(|name| *name == made))
        });
        if !is_named && holds(&fewer) {
            steps = fewer;
        }
    }
    steps
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
            way: Way::Favouring,
        }
    }

    /// A case that is the first of its run.
    fn first(seed: u64, number: u64) -> Case {
        cases().case(seed, number, &mut Reached::default())
    }

    #[test]
    fn the_same_seed_and_number_draw_the_same_case() {
        assert_eq!(first(7, 3), first(7, 3));
        assert_ne!(first(7, 3), first(7, 4));
        assert_ne!(first(7, 3), first(8, 3));
    }

    #[test]
    fn what_was_reached_makes_the_next_case_another_one() {
        let mut reached = Reached::default();
        let _first = cases().case(7, 3, &mut reached);
        assert_ne!(cases().case(7, 4, &mut reached), first(7, 4));
    }

    #[test]
    fn the_fewest_steps_are_those_that_it_does_not_hold_without() {
        let text = "world standalone
owner CreateVpc -> vpc
owner CreateSubnet VpcId=vpc -> net
owner CreateSubnet -> net2
owner CreateResourceShare resourceArns=net -> share
owner RunInstances SubnetId=net -> web
";
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let steps: Vec<Step> = scenario.steps().cloned().collect();
        let runs = |steps: &[Step]| steps.iter().any(|it| it.call.operation() == "RunInstances");
        let least: Vec<_> =
            fewest(steps, runs).into_iter().map(|step| step.call.operation()).collect();
        assert_eq!(least, ["CreateVpc", "CreateSubnet", "RunInstances"]);
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
        // A plain draw costs little, and keeps every call that is refused.
        let plain = Cases { way: Way::Plainly, ..cases() };
        let draws = (0..50).map(|number| (cases(), number));
        for (cases, number) in draws.chain((50..2_000).map(|number| (plain.clone(), number))) {
            let case = cases.case(2, number, &mut Reached::default());
            let scenario = case.scenario();
            let text = scenario.to_string();
            assert_eq!(Scenario::parse("a.scenario", &text).ok(), Some(scenario), "{text}");
        }
    }

    #[test]
    fn nothing_is_drawn_that_the_target_does_not_have() {
        let mut cases = cases();
        cases.capabilities.missing.insert("RunInstances".to_owned(), "a test".to_owned());
        cases
            .capabilities
            .missing
            .insert("GetResourceShares OTHER-ACCOUNTS".to_owned(), "a test".to_owned());
        cases.capabilities.no_organizations = Some("a test".to_owned());
        for number in 0..40 {
            let case = cases.case(1, number, &mut Reached::default());
            assert_eq!(case.shape(), Shape::Standalone);
            assert!(case.steps().iter().all(|step| cases.capabilities.can(&step.call)));
        }
    }

    #[test]
    fn every_operation_is_drawn() {
        let mut never: BTreeSet<_> = OPERATIONS.iter().map(|info| info.name).collect();
        let mut reached = Reached::default();
        for number in 0..200 {
            for step in cases().case(1, number, &mut reached).into_steps() {
                never.remove(step.call.operation());
            }
            if never.is_empty() {
                break;
            }
        }
        assert!(never.is_empty(), "never drawn: {never:?}");
    }
}
