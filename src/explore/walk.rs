//! Walks through the model: steps that could be next, and what of them is worth sending.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::Decision;
use bellwether_model::dice::Dice;
use bellwether_model::operations::{OPERATIONS, OperationInfo};
use bellwether_model::parameters::Value;
use bellwether_model::view::Access;
use bellwether_model::world::Share;
use bellwether_model::{Account, Name, Shape, World};

use super::reached::{Aside, Counts, Mark, Reached, Written, features};
use super::routes::Route;
use super::topics::{self, About};
use super::{Cases, Way, fewest};
use crate::run::nearby::noun_of;
use crate::run::role;
use crate::scenario::Step;

/// Of a hundred calls that would be refused, how many are kept.
const REFUSED_KEPT: usize = 40;
/// Of a hundred calls whose answer is open, how many are kept.
const OPEN_KEPT: usize = 8;
/// Of a hundred calls that would hit what is known, how many are kept.
const KNOWN_KEPT: usize = 2;
/// How many walks are tried at a time.
const WALKS: usize = 30;
/// How many steps a walk has at the most.
const WALK: usize = 10;
/// How likely the operation that a walk is for is drawn, beside the weights of the others.
const AIM_WEIGHT: usize = 20;
/// How often a step is drawn anew that could not be made.
const TRIES: usize = 3;
/// How many resources that are there already are tried in place of one that a route makes.
const ALIKE: usize = 2;

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
    features: Vec<Mark>,
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
    fn take(&mut self, step: &Step, shape: Shape) -> Vec<Mark> {
        let name = step.made.clone().unwrap_or_else(|| Name::new(""));
        self.named.extend(step.made.clone());
        features(step, &name, shape, &mut self.world, &mut self.written)
    }

    /// What the next resource of a kind is called: `net`, then `net2` and so on.
    fn next_name(&self, noun: &'static str) -> Name {
        next_name(&self.named, noun)
    }
}

/// The noun of what bears a name, where an operation makes such resources.
fn made_noun(name: &Name) -> Option<&'static str> {
    let noun = noun_of(name.as_str());
    OPERATIONS.iter().map(|info| info.makes).find(|makes| *makes == noun)
}

/// What the next resource of a kind is called beside what has these names.
fn next_name(taken: &BTreeSet<Name>, noun: &'static str) -> Name {
    let numbered = (2..).map(|number| Name::new(format!("{noun}{number}")));
    let mut names = std::iter::once(Name::new(noun)).chain(numbered);
    names.find(|name| !taken.contains(name)).expect("the names do not end")
}

/// A step that names other resources in place of some; nothing where it can't.
fn renamed(step: &Step, names: &BTreeMap<Name, Name>) -> Option<Step> {
    let call = step.call.reworded(|word| Some(Value::bare(names.get(word)?.as_str())))?;
    Some(Step { call, ..step.clone() })
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
        let all = About { operations: OPERATIONS.iter().filter(has).collect(), aim: None };
        let Some(step) = self.draw_step(&self.place, &all, dice) else { return };
        let features = self.place.take(&step, self.shape);
        self.keep(Candidate { step, features }, reached);
    }

    /// Draws the next steps, up to so many: of several walks the one that reaches the most, for each
    /// of its steps, that was not reached before.
    pub(super) fn walk_on(&mut self, most: usize, dice: &mut Dice<'_>, reached: &mut Reached) {
        let mut best: Option<Stretch> = None;
        let mut finds = Vec::new();
        let mut aims = Vec::new();
        let mut won = None;
        for _ in 0..WALKS {
            let about = topics::draw(self.cases, dice, reached);
            aims.extend(about.aim);
            let Some(stretch) = self.walk(&about, most.min(WALK), dice, reached, &mut finds) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| stretch.worth > best.worth) {
                best = Some(stretch);
                won = about.aim;
            }
        }
        for aim in aims {
            reached.add_aim(aim, won != Some(aim));
        }
        for steps in finds {
            reached.routes.learn(self.cases, self.shape, steps);
        }
        let worth = best.as_ref().map_or(0, |best| best.worth);
        if let Some(stretch) = self.known_route(most, worth, reached) {
            best = Some(stretch);
        }
        let Some(stretch) = best else { return };
        let Stretch { steps, place, .. } = self.without_needless(stretch, &reached.counts);
        self.place = place;
        for candidate in steps {
            self.keep(candidate, reached);
        }
    }

    /// Takes a step; what it reaches.
    pub(super) fn take(&mut self, step: Step) -> Vec<Mark> {
        let features = self.place.take(&step, self.shape);
        self.steps.push(step);
        features
    }

    fn keep(&mut self, candidate: Candidate, reached: &mut Reached) {
        let nouns = candidate.step.call.names().into_iter().filter_map(made_noun).collect();
        reached.add_named(candidate.step.call.operation(), nouns);
        reached.add_topic(candidate.step.call.info().topic);
        reached.add(&candidate.features);
        self.steps.push(candidate.step);
    }

    /// Walks, and keeps what its most telling step takes.
    fn walk(
        &self,
        about: &About,
        length: usize,
        dice: &mut Dice<'_>,
        reached: &Reached,
        finds: &mut Vec<Vec<Step>>,
    ) -> Option<Stretch> {
        let mut place = self.place.clone();
        let mut aside = Aside::of(&reached.counts);
        let mut steps: Vec<Step> = Vec::with_capacity(length);
        let mut best: Option<(u32, usize)> = None;
        for _ in 0..length {
            let drawn = (0..TRIES).find_map(|_| self.draw_step(&place, about, dice));
            let Some(step) = drawn else { break };
            let features = place.take(&step, self.shape);
            let novelty = aside.novelty(&features);
            aside.add(&features);
            if best.is_none_or(|(most, _)| novelty > most) {
                best = Some((novelty, steps.len()));
            }
            steps.push(step);
            if reached.routes.wants(self.shape, &features, 1) {
                let all: Vec<Step> = self.steps.iter().chain(&steps).cloned().collect();
                let all = needed(&all);
                if reached.routes.wants(self.shape, &features, all.len()) {
                    finds.push(all);
                }
            }
        }
        let (_, last) = best?;
        steps.truncate(last + 1);
        Some(self.stretch(&needed(&steps), &reached.counts))
    }

    /// The known way that reaches the most from here, for each of its steps, if that is more than
    /// so much.
    fn known_route(&self, most: usize, worth: u32, reached: &mut Reached) -> Option<Stretch> {
        let Reached { routes, counts, .. } = reached;
        let promising = routes.promising(self.shape, most, worth, counts);
        let fitted = promising.into_iter().filter_map(|route| self.fit(route, counts));
        fitted.filter(|it| it.worth > worth).max_by_key(|it| it.worth)
    }

    /// A way as it can be gone from here: what it makes has new names, or is there already.
    fn fit(&self, route: &Route, reached: &Counts) -> Option<Stretch> {
        let mut names: BTreeMap<Name, Name> = BTreeMap::new();
        let mut taken = self.place.named.clone();
        let mut steps = Vec::with_capacity(route.steps.len());
        for step in &route.steps {
            let mut step = renamed(step, &names)?;
            if let Some(made) = &step.made {
                let noun = step.call.makes();
                let name = next_name(&taken, noun);
                taken.insert(name.clone());
                names.insert(made.clone(), name.clone());
                step.made = Some(name);
            }
            steps.push(step);
        }
        let mut best = self.stretch(&steps, reached);
        let mut index = 0;
        while index < steps.len() {
            match self.without_making(&steps, index, best.worth, reached) {
                Some((fewer, stretch)) => (steps, best) = (fewer, stretch),
                None => index += 1,
            }
        }
        Some(best)
    }

    /// The steps without the one at this place, where what it makes is there already, if that is worth
    /// more.
    fn without_making(
        &self,
        steps: &[Step],
        index: usize,
        worth: u32,
        reached: &Counts,
    ) -> Option<(Vec<Step>, Stretch)> {
        let making = &steps[index];
        let made = making.made.as_ref()?;
        let alike = self.steps.iter().rev().filter(|it| {
            it.actor == making.actor && it.call.operation() == making.call.operation()
        });
        let there =
            alike.filter_map(|it| it.made.clone()).filter(|it| self.place.world.has_made(it));
        for name in there.take(ALIKE) {
            let names = BTreeMap::from([(made.clone(), name)]);
            let rest = steps.iter().enumerate().filter(|(place, _)| *place != index);
            let fewer: Option<Vec<Step>> = rest.map(|(_, step)| renamed(step, &names)).collect();
            let fewer = fewer?;
            let stretch = self.stretch(&fewer, reached);
            if stretch.worth > worth {
                return Some((fewer, stretch));
            }
        }
        None
    }

    /// What steps come to from here.
    fn stretch(&self, steps: &[Step], reached: &Counts) -> Stretch {
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
        Stretch { steps: taken, place, worth: reached.worth(sum, steps) }
    }

    /// The same without steps that its worth grows without.
    fn without_needless(&self, mut stretch: Stretch, reached: &Counts) -> Stretch {
        let steps = stretch.steps.iter().map(|it| it.step.clone()).collect();
        fewest(steps, |fewer| {
            let shorter = self.stretch(fewer, reached);
            let is_worth_it = shorter.worth >= stretch.worth;
            if is_worth_it {
                stretch = shorter;
            }
            is_worth_it
        });
        stretch
    }

    fn draw_step(&self, place: &Place, about: &About, dice: &mut Dice<'_>) -> Option<Step> {
        let world = &place.world;
        let plainly = self.cases.way == Way::Plainly;
        let actor = if plainly {
            dice.pick_from(self.shape.actors().iter().copied()).unwrap_or(Account::OWNER)
        } else {
            self.draw_actor(world, dice)
        };
        let weight = |info: &OperationInfo| match about.aim {
            _ if plainly => 1,
            Some(aim) if aim == info.name => AIM_WEIGHT,
            Some(_) | None => info.weight,
        };
        let weighted = about.operations.iter().map(|info| (*info, weight(info)));
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
pub(super) fn needed(steps: &[Step]) -> Vec<Step> {
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
