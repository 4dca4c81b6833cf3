//! Walks through the model: steps that could be next, and what of them is worth sending.

use std::collections::BTreeSet;

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::view::Access;
use bellwether_model::world::Share;
use bellwether_model::{Account, Name, Shape, World};

use super::reached::{Aside, Feature, Reached, Written, features};
use super::topics;
use super::{Cases, Way};
use crate::run::role;
use crate::scenario::Step;

/// Of a hundred calls that would be refused, how many are kept.
const REFUSED_KEPT: usize = 40;
/// Of a hundred calls whose answer is open, how many are kept.
const OPEN_KEPT: usize = 8;
/// Of a hundred calls that would hit what is known, how many are kept.
const KNOWN_KEPT: usize = 2;
/// How many walks are tried at a time.
const WALKS: usize = 12;
/// How many steps a walk has at the most.
const WALK: usize = 10;
/// How often a step is drawn anew that could not be made.
const TRIES: usize = 3;

/// A case on its way.
pub(super) struct Drawing<'a> {
    cases: &'a Cases,
    shape: Shape,
    place: Place,
    /// The steps drawn so far.
    pub(super) steps: Vec<Step>,
}

/// Where steps lead to.
#[derive(Clone)]
struct Place {
    world: World,
    written: Written,
    /// What the steps call what they make, or would have made: no name is given twice.
    named: BTreeSet<Name>,
}

/// A step, and what it reaches.
#[derive(Clone)]
struct Candidate {
    step: Step,
    features: Vec<Feature>,
}

/// Steps that could be next, one after the other.
struct Stretch {
    steps: Vec<Candidate>,
    place: Place,
    /// What each step reaches that is new, in the mean.
    worth: u32,
}

impl Place {
    /// Moves on by a step; what it reaches.
    fn take(&mut self, step: &Step, shape: Shape) -> Vec<Feature> {
        let name = step.made.clone().unwrap_or_else(|| Name::new(""));
        let reached = features(step, &name, shape, &mut self.world, &self.written);
        if step.call.writes() {
            let operation = step.call.operation();
            let named = step.call.names().into_iter().cloned().chain(step.made.clone());
            self.written.note(operation, named);
        }
        self.named.extend(step.made.clone());
        reached
    }

    /// What the next thing of a kind is called: `net`, then `net2` and so on.
    fn next_name(&self, noun: &'static str) -> Name {
        let numbered = (2..).map(|number| Name::new(format!("{noun}{number}")));
        let mut names = std::iter::once(Name::new(noun)).chain(numbered);
        names.find(|name| !self.named.contains(name)).expect("the names do not end")
    }
}

impl<'a> Drawing<'a> {
    /// A case that has no steps yet.
    pub(super) fn begin(cases: &'a Cases, shape: Shape) -> Self {
        let world = World::new(shape).assuming(cases.assumptions);
        Self {
            cases,
            shape,
            place: Place { world, written: Written::default(), named: BTreeSet::new() },
            steps: Vec::new(),
        }
    }

    /// Draws the next step from all operations, whatever it reaches.
    pub(super) fn step_on(&mut self, dice: &mut Dice<'_>, reached: &mut Reached) {
        let has = |info: &&OperationInfo| self.cases.capabilities.has(info.name);
        let all: Vec<_> = OPERATIONS.iter().filter(has).collect();
        let Some(step) = self.draw_step(&self.place, &all, dice) else { return };
        let features = self.place.take(&step, self.shape);
        self.keep(Candidate { step, features }, reached);
    }

    /// Draws the next steps, up to so many: of several walks the one that reaches the most, for each
    /// of its steps, that was not reached before.
    pub(super) fn walk_on(&mut self, most: usize, dice: &mut Dice<'_>, reached: &mut Reached) {
        let mut best: Option<Stretch> = None;
        for _ in 0..WALKS {
            let operations = topics::draw(self.cases, dice, reached);
            let Some(stretch) = self.walk(&operations, most.min(WALK), dice, reached) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| stretch.worth > best.worth) {
                best = Some(stretch);
            }
        }
        let Some(stretch) = best else { return };
        let Stretch { steps, place, .. } = self.without_needless(stretch, reached);
        self.place = place;
        for candidate in steps {
            self.keep(candidate, reached);
        }
    }

    fn keep(&mut self, candidate: Candidate, reached: &mut Reached) {
        reached.add_topic(topics::topic(candidate.step.call.operation()));
        reached.add(candidate.features);
        self.steps.push(candidate.step);
    }

    /// Walks, and keeps what its most telling step takes.
    fn walk(
        &self,
        operations: &[&'static OperationInfo],
        length: usize,
        dice: &mut Dice<'_>,
        reached: &Reached,
    ) -> Option<Stretch> {
        let mut place = self.place.clone();
        let mut aside = Aside::of(reached);
        let mut steps: Vec<Step> = Vec::with_capacity(length);
        let mut best: Option<(u32, usize)> = None;
        for _ in 0..length {
            let drawn = (0..TRIES).find_map(|_| self.draw_step(&place, operations, dice));
            let Some(step) = drawn else { break };
            let features = place.take(&step, self.shape);
            let novelty = aside.novelty(&features);
            aside.add(&features);
            if best.is_none_or(|(most, _)| novelty > most) {
                best = Some((novelty, steps.len()));
            }
            steps.push(step);
        }
        let (_, last) = best?;
        steps.truncate(last + 1);
        Some(self.stretch(&needed(&steps), reached))
    }

    /// What steps come to from here.
    fn stretch(&self, steps: &[Step], reached: &Reached) -> Stretch {
        let mut place = self.place.clone();
        let mut aside = Aside::of(reached);
        let mut sum: u32 = 0;
        let mut taken = Vec::with_capacity(steps.len());
        for step in steps {
            let features = place.take(step, self.shape);
            sum = sum.saturating_add(aside.novelty(&features));
            aside.add(&features);
            taken.push(Candidate { step: step.clone(), features });
        }
        let worth = sum / u32::try_from(steps.len().max(1)).unwrap_or(u32::MAX);
        Stretch { steps: taken, place, worth }
    }

    /// The same without steps that its worth grows without.
    fn without_needless(&self, mut stretch: Stretch, reached: &Reached) -> Stretch {
        let mut index = 0;
        while index + 1 < stretch.steps.len() {
            let left = stretch.steps.iter().enumerate().filter(|(place, _)| *place != index);
            let left: Vec<Step> = left.map(|(_, it)| it.step.clone()).collect();
            let made = stretch.steps[index].step.made.as_ref();
            let is_named =
                left.iter().any(|step| step.call.names().into_iter().any(|it| Some(it) == made));
            let shorter = (!is_named).then(|| self.stretch(&left, reached));
            match shorter.filter(|shorter| shorter.worth >= stretch.worth) {
                Some(shorter) => stretch = shorter,
                None => index += 1,
            }
        }
        stretch
    }

    fn draw_step(
        &self,
        place: &Place,
        operations: &[&'static OperationInfo],
        dice: &mut Dice<'_>,
    ) -> Option<Step> {
        let world = &place.world;
        let plainly = self.cases.way == Way::Plainly;
        let actor = if plainly {
            dice.pick_from(self.shape.actors().iter().copied()).unwrap_or(Account::OWNER)
        } else {
            self.draw_actor(world, dice)
        };
        let weighted = operations.iter().map(|info| (*info, if plainly { 1 } else { info.weight }));
        let info = dice.pick_weighted(weighted)?;
        let call = (info.draw)(world, actor, dice)?;
        if !self.cases.capabilities.can(&call) {
            return None;
        }
        let made = (!info.makes.is_empty()).then(|| place.next_name(info.makes));
        let name = made.clone().unwrap_or_else(|| Name::new(""));
        let (rule, kept) = match call.check(world, actor) {
            Decision::Refused(refusal) => (refusal.rule().name, REFUSED_KEPT),
            Decision::Open(open) => (open.rules[0].name, OPEN_KEPT),
            Decision::Granted if self.cases.known.is_empty() => ("", 100),
            Decision::Granted => {
                let mut aside = world.clone();
                (call.apply(&mut aside, actor, &name).because.name, 100)
            }
        };
        let known = self.cases.known.iter().any(|origin| {
            origin.rule == rule
                && origin.operation == call.operation()
                && origin.role == role::of_call(world, actor, &call)
        });
        let taken = plainly || dice.percent(if known { KNOWN_KEPT } else { kept });
        taken.then_some(Step { actor, call, made, refused_with: Vec::new() })
    }

    /// Who calls: mostly the owner, or somebody that a share is meant for.
    fn draw_actor(&self, world: &World, dice: &mut Dice<'_>) -> Account {
        let weight = |account: &Account| {
            let meant = |share: &Share| world.access(share, *account) != Access::None;
            if *account == Account::OWNER {
                9
            } else if world.shares.values().any(meant) {
                6
            } else {
                1
            }
        };
        let actors = self.shape.actors().iter().map(|account| (*account, weight(account)));
        dice.pick_weighted(actors).unwrap_or(Account::OWNER)
    }
}

/// Of steps, those that the last one may take: it names what they made or wrote to, or they name
/// what those do.
fn needed(steps: &[Step]) -> Vec<Step> {
    let Some(last) = steps.last() else { return Vec::new() };
    let mut wanted: Vec<&Name> = last.call.names();
    let mut kept = vec![last];
    for step in steps.iter().rev().skip(1) {
        let named = step.call.names();
        let touches = step.call.writes()
            && named.iter().copied().chain(&step.made).any(|name| wanted.contains(&name));
        if touches {
            wanted.extend(named);
            kept.push(step);
        }
    }
    kept.into_iter().rev().cloned().collect()
}
