//! Coverage: the points that the steps of a run have reached, how often, and how novel a step is.
//!
//! All of it is computed by the model before anything is sent: the same draws reach the same points.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::prepared::Prepared;
use super::tuning::{self, Part, Tuning};
use crate::run::Role;

/// A coverage point: something that a step can reach.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Point<'a> {
    /// A rule that decides an answer, a row, a field or a view; and whether for something to be there.
    Rule(&'static str, bool),
    /// An operation's answer by a rule to a caller in a role, and whether it breaks no other rule.
    Answer(&'static str, &'static str, Role, bool),
    /// An operation that lists rows, or expects their absence, by a rule.
    Row(&'static str, &'static str, bool),
    /// An operation whose answer has a field by a rule.
    Field(&'static str, &'static str),
    /// An operation, an aspect of its call, and whether the call is granted.
    Given(&'static str, &'a str, bool),
    /// An operation; an aspect of its call, or the last operation on what it names; and a rule that
    /// it reaches.
    Both(&'static str, &'a str, &'static str, bool),
    /// An operation on a resource of a sort that its caller sees, or does not see, by a rule; and
    /// whether it is granted.
    Through(&'static str, &'a str, &'static str, bool),
    /// An operation of a caller in a role, after which some account sees resources of a type by
    /// another rule than before; and whether these are its own.
    Turn(&'static str, Role, Option<&'static str>, &'static str, bool),
    /// An operation that changes something, and a resource of a sort at a distance from what it
    /// names that some account sees by a rule.
    Near(&'static str, usize, &'a str, &'static str),
    /// The same of a resource that is hidden by a rule from an account that is involved in it.
    Hidden(&'static str, usize, &'a str, &'static str),
    /// An operation that changes something, with more than one resource of a sort at a distance from
    /// what it names.
    Crowd(&'static str, usize, &'a str),
    /// An operation on a resource after another on the same resource, and whether by the same account.
    Pair(&'static str, &'static str, bool),
    /// The same, by an aspect of the earlier call, and whether the later one is granted.
    Said(&'static str, &'a str, &'static str, bool),
    /// An operation that is granted on a resource once more, after a number of times.
    Again(&'static str, u32),
}

impl Point<'_> {
    /// Returns the rule that it reaches, and whether for something to be there; `None` if it reaches
    /// none that can be judged.
    pub(super) fn rule(&self) -> Option<(&'static str, bool)> {
        match self {
            Self::Answer(_, rule, _, alone) => alone.then_some((rule, true)),
            Self::Row(_, rule, present) => Some((rule, *present)),
            Self::Turn(.., rule, _) | Self::Field(_, rule) => Some((rule, true)),
            Self::Rule(..)
            | Self::Through(..)
            | Self::Given(..)
            | Self::Both(..)
            | Self::Near(..)
            | Self::Hidden(..)
            | Self::Crowd(..)
            | Self::Pair(..)
            | Self::Said(..)
            | Self::Again(..) => None,
        }
    }

    /// Whether a step may reach it by what some account sees after it, not by its call and answer alone.
    fn may_be_by_view(&self) -> bool {
        match self {
            Self::Rule(..)
            | Self::Both(..)
            | Self::Turn(..)
            | Self::Near(..)
            | Self::Hidden(..)
            | Self::Crowd(..) => true,
            Self::Answer(..)
            | Self::Row(..)
            | Self::Field(..)
            | Self::Given(..)
            | Self::Through(..)
            | Self::Pair(..)
            | Self::Said(..)
            | Self::Again(..) => false,
        }
    }

    /// Returns the weight of reaching it first, and the part of exploration that counts it; rules are
    /// always counted.
    fn kind(&self, tuning: &Tuning) -> (u32, Option<&'static Part>) {
        let weights = &tuning.weights;
        match self {
            Self::Rule(..) => (weights.rule, None),
            Self::Answer(..) => (weights.answer, Some(&tuning::ANSWERS)),
            Self::Turn(..) => (weights.turn, Some(&tuning::TURNS)),
            Self::Through(..) => (weights.through, Some(&tuning::THROUGH)),
            Self::Row(..) => (weights.row, Some(&tuning::ROWS)),
            Self::Field(..) => (weights.field, Some(&tuning::FIELDS)),
            Self::Given(..) => (weights.given, Some(&tuning::GIVEN)),
            Self::Near(..) => (weights.near, Some(&tuning::NEAR)),
            Self::Hidden(..) => (weights.hidden, Some(&tuning::HIDDEN)),
            Self::Crowd(..) => (weights.crowd, Some(&tuning::CROWDS)),
            Self::Pair(..) => (weights.pair, Some(&tuning::PAIRS)),
            Self::Again(..) => (weights.again, Some(&tuning::AGAIN)),
            Self::Both(..) => (weights.both, Some(&tuning::BOTH)),
            Self::Said(..) => (weights.said, Some(&tuning::SAID)),
        }
    }
}

/// The identity of a coverage point: a hash of it. Comparing points themselves would take most of
/// the time of drawing.
///
/// Two points of one hash would count as one, so that the second would be no news: of some 100,000
/// points of a run and 2^64 hashes, that is one run in billions, and costs that run one point.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PointId {
    hash: u64,
    weight: u32,
    is_rule: bool,
    may_be_by_view: bool,
}

impl PointId {
    /// Returns the identity of a point; `None` if the part that counts it is left out.
    pub(super) fn of(point: Point<'_>, tuning: &Tuning) -> Option<Self> {
        let (weight, part) = point.kind(tuning);
        if part.is_some_and(|part| !tuning.has(part)) {
            return None;
        }
        let is_rule = matches!(point, Point::Rule(..));
        let may_be_by_view = point.may_be_by_view();
        Some(Self { hash: hash_of(point), weight, is_rule, may_be_by_view })
    }

    /// Whether it is the identity of this rule being reached, for something to be there or not.
    pub(super) fn is_of_rule(self, rule: &'static str) -> bool {
        self.is_rule && [true, false].map(|it| hash_of(Point::Rule(rule, it))).contains(&self.hash)
    }

    /// Whether a step may reach it by what some account sees after it.
    pub(super) fn may_be_by_view(self) -> bool {
        self.may_be_by_view
    }

    /// Whether the steps to it belong into the corpus.
    pub(super) fn is_memorable(self, tuning: &Tuning) -> bool {
        self.weight >= tuning.memorable_weight
    }
}

/// Weight and sort follow from the point, and need no part in its hash.
impl Hash for PointId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

fn hash_of(point: Point<'_>) -> u64 {
    let mut hasher = FxHasher::default();
    point.hash(&mut hasher);
    hasher.finish()
}

/// The number of hits of each point.
#[derive(Clone, Debug, Default)]
struct HitCounts(FxHashMap<PointId, u32>);

impl HitCounts {
    fn add(&mut self, points: &[PointId]) {
        for point in points {
            *self.0.entry(*point).or_default() += 1;
        }
    }

    fn of(&self, point: &PointId) -> u32 {
        self.0.get(point).copied().unwrap_or_default()
    }
}

/// The cost of steps.
#[derive(Copy, Clone, Debug)]
pub(super) struct Cost {
    /// With the reads and fixtures that come with them.
    in_first_cases: u32,
    /// Without.
    later: u32,
}

impl Cost {
    /// The cost of these steps.
    pub(super) fn of(steps: &[Prepared], tuning: &Tuning) -> Self {
        let costs = &tuning.costs;
        let beside = |step: &Prepared| {
            let view_reads = if step.writes() { costs.view_reads } else { 0 };
            let launches = step.call.info().launch_ended_by.is_some();
            view_reads + if launches { costs.fixtures } else { 0 }
        };
        let later = steps.iter().map(|_| costs.step).sum();
        Self { in_first_cases: later + steps.iter().map(beside).sum::<u32>(), later }
    }
}

/// The number of hits of each point in the cases of a run, and the number of cases.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    hits: HitCounts,
    cases: u32,
}

impl Coverage {
    /// Records a case that begins; returns whether it is the first of those in which a rule weighs
    /// more.
    pub(super) fn begin_case(&mut self, tuning: &Tuning) -> bool {
        self.cases = self.cases.saturating_add(1);
        self.cases == tuning.first_cases + 1
    }

    /// Records what a step reaches.
    pub(super) fn add(&mut self, points: &[PointId]) {
        self.hits.add(points);
    }

    /// Returns the score of steps of this cost: their novelty per cost.
    pub(super) fn score(&self, novelty: u32, cost: Cost, tuning: &Tuning) -> u32 {
        let is_first = self.cases <= tuning.first_cases && tuning.has(&tuning::FIRST_CASE_COSTS);
        let cost = if is_first { cost.in_first_cases } else { cost.later };
        let one = tuning.costs.step;
        novelty.saturating_mul(one) / cost.max(one).max(1)
    }

    fn weight(&self, point: &PointId, tuning: &Tuning) -> u32 {
        let is_later = self.cases > tuning.first_cases && tuning.has(&tuning::LATER_RULES);
        point.weight * if is_later && point.is_rule { tuning.later_rule_factor } else { 1 }
    }
}

/// The points that candidate steps would reach, on top of a run's coverage.
pub(super) struct Overlay<'a> {
    coverage: &'a Coverage,
    tuning: &'a Tuning,
    hits: HitCounts,
}

impl<'a> Overlay<'a> {
    /// An overlay of a run's coverage, which no candidate step has added to.
    pub(super) fn of(coverage: &'a Coverage, tuning: &'a Tuning) -> Self {
        Self { coverage, tuning, hits: HitCounts::default() }
    }

    /// Returns the novelty of a step that reaches these points: the sum of their weights, each less
    /// with the square of how often it was reached before.
    pub(super) fn novelty(&self, points: &[PointId]) -> u32 {
        let one = |point: &PointId| {
            let hits = self.coverage.hits.of(point).saturating_add(self.hits.of(point));
            let weight = self.coverage.weight(point, self.tuning) * self.tuning.novelty_scale;
            weight / hits.saturating_mul(hits).saturating_add(1)
        };
        points.iter().map(one).sum()
    }

    /// Records what a candidate step would reach.
    pub(super) fn add(&mut self, points: &[PointId]) {
        self.hits.add(points);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn writes_and_launches_cost_more_in_the_first_cases() {
        let text = "world standalone

owner ListResourceTypes
owner CreateSubnet -> net
owner RunInstances SubnetId=net -> web";
        let scenario = Scenario::parse("a.scenario", text).unwrap();
        let steps: Vec<Prepared> = scenario.steps().cloned().map(Prepared::new).collect();
        let tuning = Tuning::default();
        let mut coverage = Coverage::default();
        let scores = |coverage: &Coverage, tuning: &Tuning| {
            let cost = |step| Cost::of(std::slice::from_ref(step), tuning);
            let one = |step| coverage.score(46, cost(step), tuning);
            steps.iter().map(one).collect::<Vec<u32>>()
        };
        coverage.cases = tuning.first_cases;
        assert_eq!(scores(&coverage, &tuning), [46, 20, 10]);
        let without = Tuning::without(&["first-case-costs"]).unwrap();
        assert_eq!(scores(&coverage, &without), [46, 46, 46]);
        coverage.cases += 1;
        assert_eq!(scores(&coverage, &tuning), [46, 46, 46]);
    }

    #[test]
    fn a_point_that_was_reached_very_often_has_no_novelty() {
        let tuning = Tuning::default();
        let pair = Point::Pair("CreateSubnet", "DeleteSubnet", true);
        let point = PointId::of(pair, &tuning).unwrap();
        let mut coverage = Coverage::default();
        assert!(Overlay::of(&coverage, &tuning).novelty(&[point]) > 0);
        coverage.hits.0.insert(point, u32::MAX);
        assert_eq!(Overlay::of(&coverage, &tuning).novelty(&[point]), 0);
    }

    #[test]
    fn a_point_of_a_part_that_is_left_out_is_not_counted() {
        let pair = Point::Pair("CreateSubnet", "DeleteSubnet", true);
        let again = Point::Again("CreateSubnet", 1);
        let without = Tuning::without(&["pairs"]).unwrap();
        assert_eq!(PointId::of(pair, &without), None);
        assert_ne!(PointId::of(again, &without), None);
    }
}
