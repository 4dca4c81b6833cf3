//! Draws scenarios from the model: a world, and steps that its accounts could take.
//!
//! The whole sequence is drawn before the first request. proptest gives the randomness and the
//! strategy interface; running, shrinking and keeping counterexamples is Bellwether's own.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::view::Access;
use bellwether_model::world::Share;
use bellwether_model::{Account, Assumptions, Name, Shape, World};
use proptest::strategy::{Just, NewTree, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::capabilities::Capabilities;
use crate::run::Origin;
use crate::scenario::Step;

/// A drawn scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its world.
    pub shape: Shape,
    /// Its steps.
    pub steps: Vec<Step>,
}

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
}

/// Of a hundred calls that would be refused, how many are kept.
const REFUSED_KEPT: usize = 40;
/// Of a hundred calls whose answer is open, how many are kept.
const OPEN_KEPT: usize = 8;
/// Of a hundred calls that would hit what is known, how many are kept.
const KNOWN_KEPT: usize = 2;

impl Strategy for Cases {
    type Tree = Just<Case>;
    type Value = Case;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(Just(self.draw(&mut Dice::new(runner))))
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
    /// The case of this number in the run of this seed.
    #[must_use]
    pub fn case(&self, seed: u64, number: u64) -> Case {
        self.draw(&mut Dice::new(&mut runner_of(seed, number)))
    }

    fn draw(&self, dice: &mut Dice<'_>) -> Case {
        let shape = self.draw_shape(dice);
        let swarm = self.draw_swarm(dice);
        let mut drawing = Drawing {
            cases: self,
            world: World::new(shape).assuming(self.assumptions),
            made: BTreeMap::new(),
            steps: Vec::with_capacity(self.steps),
        };
        for _ in 0..self.steps * 4 {
            if drawing.steps.len() >= self.steps {
                break;
            }
            drawing.draw_step(shape, &swarm, dice);
        }
        Case { shape, steps: drawing.steps }
    }

    fn draw_shape(&self, dice: &mut Dice<'_>) -> Shape {
        let weight = |shape: &Shape| match shape {
            Shape::Standalone => 7,
            Shape::Organization { sharing: true } => 10,
            Shape::Organization { sharing: false } => 3,
        };
        let shapes = self.capabilities.shapes().into_iter();
        let weighted = shapes.map(|shape| (shape, weight(&shape)));
        dice.pick_weighted(weighted).unwrap_or(Shape::Standalone)
    }

    /// The operations that take part in one case: a random part of all, so that cases differ in
    /// kind. What nothing works without always takes part.
    fn draw_swarm(&self, dice: &mut Dice<'_>) -> Vec<&'static OperationInfo> {
        let share = [45, 70, 100][dice.below(3)];
        let has = OPERATIONS.iter().filter(|info| self.capabilities.has(info.name));
        has.filter(|info| info.name == "CreateResourceShare" || dice.percent(share)).collect()
    }
}

/// A case on its way.
struct Drawing<'a> {
    cases: &'a Cases,
    world: World,
    made: BTreeMap<&'static str, usize>,
    steps: Vec<Step>,
}

impl Drawing<'_> {
    fn draw_step(&mut self, shape: Shape, swarm: &[&'static OperationInfo], dice: &mut Dice<'_>) {
        let actor = self.draw_actor(shape, dice);
        let weighted = swarm.iter().map(|info| (*info, info.weight));
        let Some(info) = dice.pick_weighted(weighted) else { return };
        let Some(call) = (info.draw)(&self.world, actor, dice) else {
            return;
        };
        if !self.cases.capabilities.can(&call) {
            return;
        }
        let makes = (!info.makes.is_empty()).then(|| self.next_name(info.makes));
        let name = makes.clone().unwrap_or_else(|| Name::new(""));
        let (rule, kept) = match call.check(&self.world, actor) {
            Decision::Refused(refusal) => (refusal.rule().name, REFUSED_KEPT),
            Decision::Open(open) => (open.rules[0].name, OPEN_KEPT),
            Decision::Granted if self.cases.known.is_empty() => ("", 100),
            Decision::Granted => {
                let mut aside = self.world.clone();
                (call.apply(&mut aside, actor, &name).because.name, 100)
            }
        };
        let part = crate::run::role::of_call(&self.world, actor, &call);
        let known = self.cases.known.iter().any(|origin| {
            origin.rule == rule && origin.operation == call.operation() && origin.role == part
        });
        if !dice.percent(if known { KNOWN_KEPT } else { kept }) {
            return;
        }
        match call.check(&self.world, actor) {
            Decision::Granted => {
                call.apply(&mut self.world, actor, &name);
            }
            Decision::Open(open) if open.granted => {
                call.adopt(&mut self.world, actor, &name, open.rules[0]);
            }
            Decision::Open(_) | Decision::Refused(_) => {}
        }
        if makes.is_some() {
            *self.made.entry(info.makes).or_default() += 1;
        }
        self.steps.push(Step { actor, call, made: makes, refused_with: Vec::new() });
    }

    /// Who calls: mostly the owner, or somebody that a share is meant for.
    fn draw_actor(&self, shape: Shape, dice: &mut Dice<'_>) -> Account {
        let weight = |account: &Account| {
            let meant = |share: &Share| self.world.access(share, *account) != Access::None;
            if *account == Account::OWNER {
                9
            } else if self.world.shares.values().any(meant) {
                6
            } else {
                1
            }
        };
        let actors = shape.actors().iter().map(|account| (*account, weight(account)));
        dice.pick_weighted(actors).unwrap_or(Account::OWNER)
    }

    /// What the next thing of a kind is called: `net`, then `net2` and so on.
    fn next_name(&self, noun: &'static str) -> Name {
        match self.made.get(noun).copied().unwrap_or_default() {
            0 => Name::new(noun),
            made => Name::new(format!("{noun}{}", made + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Item, Scenario};

    fn cases() -> Cases {
        Cases {
            steps: 50,
            assumptions: Assumptions::default(),
            capabilities: Capabilities::all(),
            known: BTreeSet::new(),
        }
    }

    #[test]
    fn the_same_seed_and_number_draw_the_same_case() {
        assert_eq!(cases().case(7, 3), cases().case(7, 3));
        assert_ne!(cases().case(7, 3), cases().case(7, 4));
        assert_ne!(cases().case(7, 3), cases().case(8, 3));
    }

    #[test]
    fn a_step_names_only_what_an_earlier_step_made() {
        for number in 0..200 {
            let case = cases().case(1, number);
            let mut made = BTreeSet::new();
            for step in &case.steps {
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
        for number in 0..2_200 {
            let case = cases().case(2, number);
            let scenario = Scenario {
                shape: case.shape,
                assumptions: Assumptions::default(),
                items: case.steps.into_iter().map(Item::Step).collect(),
            };
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
        for number in 0..100 {
            let case = cases.case(1, number);
            assert_eq!(case.shape, Shape::Standalone);
            assert!(case.steps.iter().all(|step| cases.capabilities.can(&step.call)));
        }
    }

    #[test]
    fn every_operation_is_drawn_and_both_granted_and_refused_where_it_can_be() {
        let mut drawn = BTreeSet::new();
        for number in 0..2_000 {
            drawn.extend(cases().case(1, number).steps.iter().map(|step| step.call.operation()));
        }
        let all: BTreeSet<_> = OPERATIONS.iter().map(|info| info.name).collect();
        let never: Vec<_> = all.difference(&drawn).collect();
        assert!(never.is_empty(), "never drawn: {never:?}");
    }
}
