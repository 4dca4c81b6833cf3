//! Draws scenarios from the model: a world, and steps that its accounts could take.
//!
//! The whole sequence is drawn before the first request. proptest gives the randomness and the
//! strategy interface; running, shrinking and keeping counterexamples is Bellwether's own.

mod reached;

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::view::Access;
use bellwether_model::world::Share;
use bellwether_model::{Account, Assumptions, Name, Shape, World};
use proptest::strategy::{Just, NewTree, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

pub use reached::Reached;

use reached::{Feature, Written, features};

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
    /// How they are drawn.
    pub way: Way,
}

/// A way to draw cases.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// By what is worth doing.
    #[default]
    Favouring,
    /// Any account, any operation, one as likely as the other, whatever comes of it: what a
    /// stateful testing library does by itself, to measure against.
    Plainly,
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
        let swarm = match self.way {
            Way::Favouring => self.draw_swarm(dice, reached),
            Way::Plainly => {
                OPERATIONS.iter().filter(|info| self.capabilities.has(info.name)).collect()
            }
        };
        let mut drawing = Drawing {
            cases: self,
            shape,
            swarm,
            world: World::new(shape).assuming(self.assumptions),
            made: BTreeMap::new(),
            written: Written::new(),
            steps: Vec::with_capacity(self.steps),
        };
        for _ in 0..self.steps * 4 {
            if drawing.steps.len() >= self.steps {
                break;
            }
            drawing.draw_step(dice, reached);
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
        if self.way == Way::Plainly {
            return dice.pick_from(shapes).unwrap_or(Shape::Standalone);
        }
        let weighted = shapes.map(|shape| (shape, weight(&shape)));
        dice.pick_weighted(weighted).unwrap_or(Shape::Standalone)
    }

    /// The operations that take part in one case. Every other case is about a few topics, and gets
    /// deep into them; the others are about a random part of everything, so that what lies between
    /// topics is reached too. What nothing works without always takes part.
    fn draw_swarm(
        &self,
        dice: &mut Dice<'_>,
        reached: &mut Reached,
    ) -> Vec<&'static OperationInfo> {
        let has = || OPERATIONS.iter().filter(|info| self.capabilities.has(info.name));
        let always = |info: &OperationInfo| info.name == "CreateResourceShare";
        if dice.percent(SCATTERED) {
            let share = [45, 70, 100][dice.below(3)];
            return has().filter(|info| always(info) || dice.percent(share)).collect();
        }
        let mut topics: Vec<&str> = has().map(|info| topic(info.name)).collect();
        topics.sort_unstable();
        topics.dedup();
        let mut chosen = vec![CORE];
        for _ in 0..TOPICS_LEAST + dice.below(TOPICS_MORE) {
            let left = topics.iter().filter(|topic| !chosen.contains(topic));
            let weighted = left.map(|topic| (*topic, weight_of(reached.of_topic(topic))));
            let Some(topic) = dice.pick_weighted(weighted) else { break };
            chosen.push(topic);
        }
        for topic in &chosen {
            reached.add_topic(topic);
        }
        let about = has().filter(|info| chosen.contains(&topic(info.name)));
        about.filter(|info| always(info) || dice.percent(KEPT)).collect()
    }
}

/// Of a hundred cases, how many are about a random part of everything.
const SCATTERED: usize = 40;
/// Besides the core, the others are about at least so many topics.
const TOPICS_LEAST: usize = 2;
/// And about up to so many more, less one.
const TOPICS_MORE: usize = 3;
/// Of a hundred operations of a case's topics, how many take part in it.
const KEPT: usize = 85;
/// Of a hundred steps, how many are drawn for what they reach.
const FAVOURED: usize = 90;
/// How many calls are drawn for a step, of which the one that reaches the most is taken.
const CANDIDATES: usize = 10;

/// The topic that every case is about.
const CORE: &str = "Resource";

/// Words that stand for one topic, the first of each line.
const TOGETHER: [&[&str]; 4] = [
    &[CORE, "Principal", "Sharing", "Subnet", "Vpc"],
    &["Hosted", "VPC"],
    &["Instance", "Network", "Security"],
    &["Permission", "Default", "Replace"],
];

/// How likely a topic is, after it was drawn so often.
fn weight_of(drawn: u32) -> usize {
    60 / (1 + usize::try_from(drawn).unwrap_or(59)).min(60)
}

/// What an operation is about, by the second word of its name: `Transit` of
/// `CreateTransitGateway`, `VPC` of `AssociateVPCWithHostedZone`. Of `Resolver` there is more than
/// one kind, so that the third word counts too.
fn topic(operation: &'static str) -> &'static str {
    let letters = operation.as_bytes();
    let starts_word = |place: &usize| {
        let small = |place: usize| letters.get(place).is_some_and(u8::is_ascii_lowercase);
        letters[*place].is_ascii_uppercase() && (small(place - 1) || small(place + 1))
    };
    let starts: Vec<_> = (1..letters.len()).filter(starts_word).collect();
    let end = |word: usize| starts.get(word).copied().unwrap_or(operation.len());
    let start = starts.first().copied().unwrap_or_default();
    let word = match &operation[start..end(1)] {
        "Resolver" => &operation[start..end(2)],
        word => word,
    };
    let word = word.strip_suffix('s').unwrap_or(word);
    TOGETHER.iter().find(|words| words.contains(&word)).map_or(word, |words| words[0])
}

/// A case on its way.
struct Drawing<'a> {
    cases: &'a Cases,
    shape: Shape,
    swarm: Vec<&'static OperationInfo>,
    world: World,
    made: BTreeMap<&'static str, usize>,
    written: Written,
    steps: Vec<Step>,
}

/// A step that could be next.
struct Candidate {
    step: Step,
    noun: &'static str,
    features: Vec<Feature>,
    after: World,
}

impl Drawing<'_> {
    /// Draws a step: the first call that may be made, or of several the one that reaches the most
    /// that was not reached before.
    fn draw_step(&mut self, dice: &mut Dice<'_>, reached: &mut Reached) {
        let favoured = self.cases.way == Way::Favouring && dice.percent(FAVOURED);
        let wanted = if favoured { CANDIDATES } else { 1 };
        let mut best: Option<(u32, Candidate)> = None;
        let mut found = 0;
        for _ in 0..wanted * 3 {
            let Some(candidate) = self.draw_candidate(dice) else { continue };
            found += 1;
            let novelty = reached.novelty(&candidate.features);
            if best.as_ref().is_none_or(|(most, _)| novelty > *most) {
                best = Some((novelty, candidate));
            }
            if found >= wanted {
                break;
            }
        }
        let Some((_, candidate)) = best else { return };
        let Candidate { step, noun, features, after } = candidate;
        reached.add(features);
        if step.call.writes() {
            let operation = step.call.operation();
            let named = step.call.names().into_iter().cloned().chain(step.made.clone());
            self.written.extend(named.map(|name| (name, operation)));
        }
        if step.made.is_some() {
            *self.made.entry(noun).or_default() += 1;
        }
        self.world = after;
        self.steps.push(step);
    }

    fn draw_candidate(&self, dice: &mut Dice<'_>) -> Option<Candidate> {
        let plainly = self.cases.way == Way::Plainly;
        let actor = if plainly {
            dice.pick_from(self.shape.actors().iter().copied()).unwrap_or(Account::OWNER)
        } else {
            self.draw_actor(dice)
        };
        let weighted = self.swarm.iter().map(|info| (*info, if plainly { 1 } else { info.weight }));
        let info = dice.pick_weighted(weighted)?;
        let call = (info.draw)(&self.world, actor, dice)?;
        if !self.cases.capabilities.can(&call) {
            return None;
        }
        let made = (!info.makes.is_empty()).then(|| self.next_name(info.makes));
        let name = made.clone().unwrap_or_else(|| Name::new(""));
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
        if !plainly && !dice.percent(if known { KNOWN_KEPT } else { kept }) {
            return None;
        }
        let step = Step { actor, call, made, refused_with: Vec::new() };
        let mut after = self.world.clone();
        let features = features(&step, &name, &mut after, &self.written);
        Some(Candidate { step, noun: info.makes, features, after })
    }

    /// Who calls: mostly the owner, or somebody that a share is meant for.
    fn draw_actor(&self, dice: &mut Dice<'_>) -> Account {
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
        let actors = self.shape.actors().iter().map(|account| (*account, weight(account)));
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
    fn an_operation_is_about_the_second_word_of_its_name() {
        assert_eq!(topic("CreateTransitGateway"), "Transit");
        assert_eq!(topic("RunInstances"), topic("CreateNetworkInterface"));
        assert_eq!(topic("ListResources"), CORE);
    }

    #[test]
    fn a_step_names_only_what_an_earlier_step_made() {
        for number in 0..200 {
            let case = first(1, number);
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
            let case = cases().case(2, number, &mut Reached::default());
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
            let case = cases.case(1, number, &mut Reached::default());
            assert_eq!(case.shape, Shape::Standalone);
            assert!(case.steps.iter().all(|step| cases.capabilities.can(&step.call)));
        }
    }

    #[test]
    fn every_operation_is_drawn_and_both_granted_and_refused_where_it_can_be() {
        let mut drawn = BTreeSet::new();
        let mut reached = Reached::default();
        for number in 0..600 {
            let case = cases().case(1, number, &mut reached);
            drawn.extend(case.steps.iter().map(|step| step.call.operation()));
        }
        let all: BTreeSet<_> = OPERATIONS.iter().map(|info| info.name).collect();
        let never: Vec<_> = all.difference(&drawn).collect();
        assert!(never.is_empty(), "never drawn: {never:?}");
    }
}
