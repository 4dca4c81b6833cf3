//! The cursor: the world that a case's steps lead to, moved on step by step.

use std::collections::BTreeSet;
use std::sync::Arc;

use bellwether_model::answer::{Answer, Decision, Reply};
use bellwether_model::rules::Rule;
use bellwether_model::view::{Seen, Sight, Views};
use bellwether_model::world::CopyOnWrite;
use bellwether_model::{Assumptions, Name, Shape, World, resources};

use super::coverage::{Point, PointId};
use super::prepared::Prepared;
use super::tuning::Tuning;
use crate::run::Role;
use crate::run::adjacency::{Adjacency, noun_of};
use crate::run::role;

/// The state that the steps of a case lead to. A copy shares with its original what neither changes.
#[derive(Clone)]
pub(super) struct Cursor {
    shape: Shape,
    world: World,
    /// The writes so far.
    history: CopyOnWrite<Adjacency>,
    /// The names of resources that the steps make, or would have made: no name is given twice.
    named: CopyOnWrite<BTreeSet<Name>>,
    /// The sights of this world, where they are known already.
    sights: Option<Arc<Sights>>,
}

/// The rules by which the actors of a shape see the resources of a world, or do not see them.
struct Sights {
    /// The resources, in order.
    names: Vec<Name>,
    /// For each actor, in their order, the rule for each of the resources.
    rules: Vec<Vec<&'static Rule>>,
}

impl Cursor {
    /// The cursor of a case that has no steps yet.
    pub(super) fn begin(shape: Shape, assumptions: Assumptions) -> Self {
        let world = World::new(shape).assuming(assumptions);
        Self {
            shape,
            world,
            history: CopyOnWrite::default(),
            named: CopyOnWrite::default(),
            sights: None,
        }
    }

    /// The world that the steps lead to.
    pub(super) fn world(&self) -> &World {
        &self.world
    }

    /// The names that are taken.
    pub(super) fn named(&self) -> &BTreeSet<Name> {
        &self.named
    }

    /// Moves on by a step, whatever points it reaches.
    pub(super) fn advance(&mut self, step: &Prepared) {
        let (_, before) = self.enter(step, None);
        if before.is_some() {
            self.history.note_touch(step.touch());
            self.sights = None;
        }
    }

    /// Moves on by a step; returns the answer to it, and the world before it if it changed something.
    fn enter(&mut self, step: &Prepared, decision: Option<Decision>) -> (Answer, Option<World>) {
        if let Some(made) = &step.made {
            self.named.insert(made.clone());
        }
        let before = step.writes().then(|| self.world.clone());
        let name = step.made.clone().unwrap_or_else(Name::none);
        let decision = decision.unwrap_or_else(|| step.call.check(&self.world, step.actor));
        let answer = step.call.assume_by(decision, &mut self.world, step.actor, &name);
        let before = before.filter(|before| *before != self.world);
        (answer, before)
    }

    /// Moves on by a step; returns the points that it reaches.
    pub(super) fn take(&mut self, step: &Prepared, tuning: &Tuning) -> Vec<PointId> {
        self.take_by(None, step, tuning)
    }

    /// Moves on by a step, by the decision on its call in this world if that is known already; returns
    /// the points that it reaches.
    pub(super) fn take_by(
        &mut self,
        decision: Option<Decision>,
        step: &Prepared,
        tuning: &Tuning,
    ) -> Vec<PointId> {
        let mut reached = self.answer(decision, step, tuning);
        self.add_views(&mut reached, step);
        reached.points()
    }

    /// Moves on by a step, and no further; returns whether it reaches all of these points, which are in
    /// order. Views are compared only where that depends on them.
    pub(super) fn reaches(mut self, wanted: &[PointId], step: &Prepared, tuning: &Tuning) -> bool {
        let mut reached = self.answer(None, step, tuning);
        let points = reached.clone().points();
        let mut missing = wanted.iter().filter(|it| points.binary_search(it).is_err()).peekable();
        if missing.peek().is_none() {
            return true;
        }
        if reached.before.is_none() || !missing.all(|it| it.may_be_by_view()) {
            return false;
        }
        self.add_views(&mut reached, step);
        let points = reached.points();
        wanted.iter().all(|it| points.binary_search(it).is_ok())
    }

    /// Moves on by a step; returns the points that it reaches by its call and its answer.
    fn answer<'s>(
        &mut self,
        decision: Option<Decision>,
        step: &'s Prepared,
        tuning: &'s Tuning,
    ) -> Reached<'s> {
        let operation = step.touch().last.operation;
        let role = role::of_call(&self.world, step.actor, &step.call);
        let through: Vec<(&Name, &'static str)> = step
            .names()
            .iter()
            .filter(|name| self.world.resources.contains_key(*name))
            .map(|name| (name, self.world.sight(step.actor, name).rule.name))
            .collect();
        let (answer, before) = self.enter(step, decision);
        let history = &self.history;
        let granted = match &answer {
            Answer::Granted(_) => true,
            Answer::Open(open) => open.granted,
            Answer::Refused(_) => false,
        };
        let mut points = Points::new(tuning);
        points.add_answer(operation, role, &answer);
        let given = &step.touch().last.aspects;
        points.extend(given.iter().map(|it| Point::Given(operation, it, granted)));
        points.extend(
            through.into_iter().map(|(name, rule)| {
                Point::Through(operation, noun_of(name.as_str()), rule, granted)
            }),
        );
        let mut aspects: Vec<&str> = given.iter().map(String::as_str).collect();
        for named in step.names() {
            if let Some(touch) = history.last_touch(named) {
                points.add(Point::Pair(touch.operation, operation, touch.actor == step.actor));
                aspects.push(touch.operation);
                let said = touch.aspects.iter();
                points.extend(said.map(|it| Point::Said(touch.operation, it, operation, granted)));
            }
            if granted && let Some(times) = history.times(named, operation) {
                points.add(Point::Again(operation, times));
            }
        }
        if step.call.info().passes_time {
            // Time is about everything that there is.
            for touch in history.last_touches() {
                points.add(Point::Pair(touch.operation, operation, true));
                points.extend(
                    given.iter().map(|it| Point::Said(touch.operation, it, operation, granted)),
                );
            }
        }
        Reached { operation, role, aspects, points, before }
    }

    /// Adds the points that a step reaches by what it changed, and records the step if it changed something.
    fn add_views(&mut self, reached: &mut Reached<'_>, step: &Prepared) {
        let Some(before) = reached.before.take() else { return };
        let Self { shape, world, history, sights, .. } = self;
        let was = sights.take().unwrap_or_else(|| Arc::new(Sights::of(&before, *shape)));
        let by = (reached.operation, reached.role);
        let now = reached.points.add_change(by, step, *shape, (&was, world), history);
        *sights = Some(Arc::new(now));
        history.note_touch(step.touch());
    }
}

/// The points that one step reaches, as far as they are known.
#[derive(Clone)]
struct Reached<'s> {
    operation: &'static str,
    role: Role,
    /// The aspects of the call, and the last operations on what it names.
    aspects: Vec<&'s str>,
    points: Points<'s>,
    /// The world before the step, if it changed something and views were not compared yet.
    before: Option<World>,
}

impl Reached<'_> {
    /// Returns the points, each once and in order.
    fn points(self) -> Vec<PointId> {
        let Self { operation, aspects, mut points, .. } = self;
        for (rule, there) in std::mem::take(&mut points.rules) {
            points.add(Point::Rule(rule, there));
            points.extend(aspects.iter().map(|it| Point::Both(operation, it, rule, there)));
        }
        points.finish()
    }
}

/// Returns the points that each of the steps reaches, in a world in which nothing has happened.
pub(super) fn trace(
    shape: Shape,
    assumptions: Assumptions,
    steps: &[Prepared],
    tuning: &Tuning,
) -> Vec<Vec<PointId>> {
    let mut cursor = Cursor::begin(shape, assumptions);
    steps.iter().map(|step| cursor.take(step, tuning)).collect()
}

/// The number of points for which there is room from the start: most steps reach fewer.
const POINTS: usize = 64;

/// Points that are being collected.
#[derive(Clone)]
struct Points<'t> {
    tuning: &'t Tuning,
    ids: Vec<PointId>,
    /// The rules by which they are reached, each once.
    rules: Vec<(&'static str, bool)>,
}

impl<'a> Extend<Point<'a>> for Points<'_> {
    fn extend<T: IntoIterator<Item = Point<'a>>>(&mut self, points: T) {
        points.into_iter().for_each(|point| self.add(point));
    }
}

impl<'t> Points<'t> {
    fn new(tuning: &'t Tuning) -> Self {
        Self { tuning, ids: Vec::with_capacity(POINTS), rules: Vec::with_capacity(8) }
    }

    /// Returns the points, each once.
    fn finish(mut self) -> Vec<PointId> {
        self.ids.sort_unstable();
        self.ids.dedup();
        self.ids
    }

    fn add(&mut self, point: Point<'_>) {
        if let Some(reached) = point.rule() {
            let is_same = |it: &(&str, bool)| std::ptr::eq(it.0, reached.0) && it.1 == reached.1;
            if !self.rules.iter().any(is_same) {
                self.rules.push(reached);
            }
        }
        self.ids.extend(PointId::of(point, self.tuning));
    }

    fn add_answer(&mut self, operation: &'static str, role: Role, answer: &Answer) {
        match answer {
            Answer::Granted(reply) => self.add_reply(operation, role, reply),
            Answer::Refused(refusal) => {
                let alone = refusal.broken.len() == 1;
                self.add(Point::Answer(operation, refusal.rule().name, role, alone));
            }
            Answer::Open(open) => {
                self.add(Point::Answer(operation, open.rules[0].name, role, false));
            }
        }
    }

    fn add_reply(&mut self, operation: &'static str, role: Role, reply: &Reply) {
        self.add(Point::Answer(operation, reply.because.name, role, true));
        self.extend(reply.fields.iter().map(|it| Point::Field(operation, it.rule.name)));
        for row in reply.rows.iter().filter(|row| row.judged) {
            self.add(Point::Row(operation, row.rule.name, row.present));
            self.extend(row.fields.iter().map(|it| Point::Field(operation, it.rule.name)));
        }
    }

    /// Adds the points that a call reaches by changing the views of accounts; returns the new sights.
    fn add_change(
        &mut self,
        (operation, role): (&'static str, Role),
        step: &Prepared,
        shape: Shape,
        (was, world): (&Sights, &World),
        history: &Adjacency,
    ) -> Sights {
        let around = history.around(step.names());
        let crowds = crowds(&around).into_iter();
        self.extend(crowds.map(|(distance, noun)| Point::Crowd(operation, distance, noun)));
        let views = world.seen_by_all(shape.actors());
        // All actors have the same resources in view, so each is looked up once for all of them.
        let names = views.resources.iter().map(|(name, _)| *name);
        let earlier = places_in(&was.names, names.clone());
        let distances = distances_in(&around, names);
        let places = || views.resources.iter().zip(earlier.iter().zip(&distances));
        for ((account, seen), was) in views.sights.iter().zip(&was.rules) {
            for (sight, ((name, resource), (earlier, distance))) in seen.iter().zip(places()) {
                let by = sight.rule.name;
                if earlier.is_none_or(|place| was[place] != sight.rule) {
                    let of =
                        resources::of(world.assumptions, &resource.kind).map(|it| it.facts.name);
                    self.add(Point::Turn(operation, role, of, by, resource.owner == *account));
                }
                let Some(distance) = *distance else { continue };
                let noun = noun_of(name.as_str());
                if sight.seen != Seen::Hidden {
                    self.add(Point::Near(operation, distance, noun, by));
                } else if history.involves(name, *account) {
                    self.add(Point::Hidden(operation, distance, noun, by));
                }
            }
        }
        Sights::from(&views)
    }
}

impl Sights {
    fn of(world: &World, shape: Shape) -> Self {
        Self::from(&world.seen_by_all(shape.actors()))
    }
}

impl From<&Views<'_>> for Sights {
    fn from(views: &Views<'_>) -> Self {
        let rules = |(_, seen): &(_, Vec<Sight>)| seen.iter().map(|sight| sight.rule).collect();
        Self {
            names: views.resources.iter().map(|(name, _)| (*name).clone()).collect(),
            rules: views.sights.iter().map(rules).collect(),
        }
    }
}

/// Returns the place of each name in a list; both are in order.
fn places_in<'n>(list: &[Name], names: impl Iterator<Item = &'n Name>) -> Vec<Option<usize>> {
    let mut at = 0;
    let place = |name: &Name| {
        while list.get(at).is_some_and(|it| it < name) {
            at += 1;
        }
        (list.get(at) == Some(name)).then_some(at)
    };
    names.map(place).collect()
}

/// Returns the distance of each name, where it has one; both are in order.
fn distances_in<'n>(
    around: &[(&Name, usize)],
    names: impl Iterator<Item = &'n Name>,
) -> Vec<Option<usize>> {
    let mut left = around.iter().peekable();
    let distance = |name: &Name| {
        while left.next_if(|(it, _)| *it < name).is_some() {}
        left.peek().filter(|(it, _)| *it == name).map(|(_, distance)| *distance)
    };
    names.map(distance).collect()
}

/// Returns the sorts of which there is more than one resource at a distance.
fn crowds<'a>(around: &[(&'a Name, usize)]) -> BTreeSet<(usize, &'a str)> {
    let mut once = BTreeSet::new();
    let sorts = around.iter().map(|(name, at)| (*at, noun_of(name.as_str())));
    sorts.filter(|sort| !once.insert(*sort)).collect()
}
