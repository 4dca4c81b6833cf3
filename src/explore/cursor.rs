//! The cursor: the world that a case's steps lead to, moved on step by step.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::answer::{Answer, Reply};
use bellwether_model::rules::Rule;
use bellwether_model::view::Seen;
use bellwether_model::world::CopyOnWrite;
use bellwether_model::{Account, Assumptions, Call, Name, Shape, World, resources};

use super::coverage::{Point, PointId};
use super::tuning::Tuning;
use crate::run::Role;
use crate::run::adjacency::{Adjacency, aspects_of, noun_of};
use crate::run::role;
use crate::scenario::Step;

/// The state that the steps of a case lead to.
#[derive(Clone)]
pub(super) struct Cursor {
    shape: Shape,
    world: World,
    history: CopyOnWrite<WriteHistory>,
    /// The names of resources that the steps make, or would have made: no name is given twice.
    named: CopyOnWrite<BTreeSet<Name>>,
    /// The sights of this world, where they are known already.
    sights: Option<Sights>,
}

/// The rule by which each actor of a shape, in their order, sees or does not see each resource, in the
/// order of their names.
type Sights = CopyOnWrite<Vec<Vec<(Name, &'static Rule)>>>;

/// The writes of one case.
#[derive(Clone, Debug, Default)]
struct WriteHistory {
    adjacency: Adjacency,
    /// The number of writes of an operation to a resource.
    times: BTreeMap<(Name, &'static str), u32>,
}

impl WriteHistory {
    /// Records a step that wrote.
    fn note(&mut self, step: &Step) {
        self.adjacency.note(step);
        let operation = step.call.operation();
        for name in step.call.names().into_iter().chain(&step.made) {
            *self.times.entry((name.clone(), operation)).or_default() += 1;
        }
    }
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
    pub(super) fn advance(&mut self, step: &Step) {
        let (_, before) = self.enter(step);
        if before.is_some() {
            self.history.note(step);
            self.sights = None;
        }
    }

    /// Moves on by a step; returns the answer to it, and the world before it if it changed something.
    fn enter(&mut self, step: &Step) -> (Answer, Option<World>) {
        let Step { actor, call, made, .. } = step;
        if let Some(made) = made {
            self.named.insert(made.clone());
        }
        let before = call.writes().then(|| self.world.clone());
        let name = made.clone().unwrap_or_else(Name::none);
        let answer = call.assume(&mut self.world, *actor, &name);
        let before = before.filter(|before| *before != self.world);
        (answer, before)
    }

    /// Moves on by a step; returns the points that it reaches.
    pub(super) fn take(&mut self, step: &Step, tuning: &Tuning) -> Vec<PointId> {
        let call = &step.call;
        let operation = call.operation();
        let role = role::of_call(&self.world, step.actor, call);
        let through: Vec<(&Name, &'static str)> = call
            .names()
            .into_iter()
            .filter(|name| self.world.resources.contains_key(*name))
            .map(|name| (name, self.world.sight(step.actor, name).rule.name))
            .collect();
        let (answer, before) = self.enter(step);
        let Self { shape, world, history, sights, .. } = self;
        let granted = match &answer {
            Answer::Granted(_) => true,
            Answer::Open(open) => open.granted,
            Answer::Refused(_) => false,
        };
        let mut points = Points::new(tuning);
        points.add_answer(operation, role, &answer);
        let given = aspects_of(call);
        points.extend(given.iter().map(|it| Point::Given(operation, it, granted)));
        points.extend(
            through.into_iter().map(|(name, rule)| {
                Point::Through(operation, noun_of(name.as_str()), rule, granted)
            }),
        );
        let mut aspects: Vec<&str> = given.iter().map(String::as_str).collect();
        for named in call.names() {
            if let Some(touch) = history.adjacency.last_touch(named) {
                points.add(Point::Pair(touch.operation, operation, touch.actor == step.actor));
                aspects.push(touch.operation);
                let said = touch.aspects.iter();
                points.extend(said.map(|it| Point::Said(touch.operation, it, operation, granted)));
            }
            let times = history.times.get(&(named.clone(), operation));
            if granted && let Some(times) = times {
                points.add(Point::Again(operation, *times));
            }
        }
        if call.info().passes_time {
            // Time is about everything that there is.
            for touch in history.adjacency.last_touches() {
                points.add(Point::Pair(touch.operation, operation, true));
                points.extend(
                    given.iter().map(|it| Point::Said(touch.operation, it, operation, granted)),
                );
            }
        }
        if let Some(before) = before {
            let was = sights.take().unwrap_or_else(|| sights_of(&before, *shape));
            let now = points.add_change((operation, role), call, *shape, (&was, world), history);
            *sights = Some(now);
            history.note(step);
        }
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
    steps: &[Step],
    tuning: &Tuning,
) -> Vec<Vec<PointId>> {
    let mut cursor = Cursor::begin(shape, assumptions);
    steps.iter().map(|step| cursor.take(step, tuning)).collect()
}

/// The points that one step reaches.
struct Points<'t> {
    tuning: &'t Tuning,
    ids: Vec<PointId>,
    /// The rules by which they are reached.
    rules: Vec<(&'static str, bool)>,
}

impl<'a> Extend<Point<'a>> for Points<'_> {
    fn extend<T: IntoIterator<Item = Point<'a>>>(&mut self, points: T) {
        points.into_iter().for_each(|point| self.add(point));
    }
}

impl<'t> Points<'t> {
    fn new(tuning: &'t Tuning) -> Self {
        Self { tuning, ids: Vec::new(), rules: Vec::new() }
    }

    /// Returns the points, each once.
    fn finish(mut self) -> Vec<PointId> {
        self.ids.sort_unstable();
        self.ids.dedup();
        self.ids
    }

    fn add(&mut self, point: Point<'_>) {
        self.rules.extend(point.rule());
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
        call: &Call,
        shape: Shape,
        (was, world): (&Sights, &World),
        history: &WriteHistory,
    ) -> Sights {
        let around = history.adjacency.around(call);
        let crowds = crowds(&around).into_iter();
        self.extend(crowds.map(|(distance, noun)| Point::Crowd(operation, distance, noun)));
        let involved = |name: &Name, account: Account| history.adjacency.involves(name, account);
        let mut now = Vec::with_capacity(was.len());
        for (account, was) in shape.actors().iter().zip(was.iter()) {
            let seen = world.seen_by(*account).resources;
            now.push(seen.iter().map(|(name, _, sight)| ((*name).clone(), sight.rule)).collect());
            for (name, resource, sight) in seen {
                let by = sight.rule.name;
                let earlier = was.binary_search_by_key(&name, |(it, _)| it);
                if earlier.ok().is_none_or(|place| was[place].1 != sight.rule) {
                    let of =
                        resources::of(world.assumptions, &resource.kind).map(|it| it.facts.name);
                    self.add(Point::Turn(operation, role, of, by, resource.owner == *account));
                }
                let Some(distance) = around.get(name) else { continue };
                let noun = noun_of(name.as_str());
                if sight.seen != Seen::Hidden {
                    self.add(Point::Near(operation, *distance, noun, by));
                } else if involved(name, *account) {
                    self.add(Point::Hidden(operation, *distance, noun, by));
                }
            }
        }
        CopyOnWrite::from(now)
    }
}

fn sights_of(world: &World, shape: Shape) -> Sights {
    let of = |account: &Account| {
        let seen = world.seen_by(*account).resources.into_iter();
        seen.map(|(name, _, sight)| (name.clone(), sight.rule)).collect()
    };
    CopyOnWrite::from(shape.actors().iter().map(of).collect::<Vec<Vec<_>>>())
}

/// Returns the sorts of which there is more than one resource at a distance.
fn crowds<'a>(around: &BTreeMap<&'a Name, usize>) -> BTreeSet<(usize, &'a str)> {
    let mut once = BTreeSet::new();
    let sorts = around.iter().map(|(name, at)| (*at, noun_of(name.as_str())));
    sorts.filter(|sort| !once.insert(*sort)).collect()
}
