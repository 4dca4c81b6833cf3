//! The corpus: the shortest known steps to each coverage point.
//!
//! A point that takes several particular steps, such as one version too many of a permission, is
//! seldom drawn by chance. The suites have such steps, and walks find others, whether they are kept
//! or not. The corpus keeps them, minimized, to be played with new names in the middle of a later
//! case.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::{Assumptions, Shape};
use rustc_hash::FxHashMap;

use super::Cases;
use super::coverage::{Cost, Coverage, Overlay, PointId};
use super::cursor::{Cursor, trace};
use super::prepared::Prepared;
use super::steps::drop_one_by_one;
use super::tuning::Tuning;
use crate::scenario::{Case, Step};

/// The entries that are known for worlds of each shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Corpus {
    of_shape: BTreeMap<Shape, OfShape>,
}

#[derive(Clone, Debug, Default)]
struct OfShape {
    /// The assumptions that the entries make of the target, against AWS.
    assumptions: Assumptions,
    entries: Vec<Entry>,
    /// The places of the entries, in the order in which [`Corpus::best`] tried them last.
    order: Vec<usize>,
    /// The number of steps of the shortest entry to each point.
    shortest: FxHashMap<PointId, usize>,
}

/// Steps that reach some points from a world in which nothing has happened.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The steps.
    pub(super) steps: Vec<Prepared>,
    /// The points that they reach.
    points: Vec<PointId>,
    /// The points that the last of them reaches.
    last: Vec<PointId>,
    /// The cost of the steps.
    cost: Cost,
    /// The novelty of the points when it was computed last: an upper bound, since it never grows
    /// until [`Corpus::reset_bounds`].
    score_bound: u32,
}

impl Corpus {
    /// Whether this number of steps would be the shortest known to some of these points.
    pub(super) fn wants(
        &self,
        shape: Shape,
        points: &[PointId],
        steps: usize,
        tuning: &Tuning,
    ) -> bool {
        let of = self.of_shape.get(&shape);
        let shortest = |it| of?.shortest.get(it);
        let mut memorable = points.iter().filter(|it| it.is_memorable(tuning));
        memorable.any(|it| shortest(it).is_none_or(|shortest| steps < *shortest))
    }

    /// Learns from steps of which each prefix may be an entry.
    pub(super) fn learn_all(&mut self, cases: &Cases, shape: Shape, steps: &[Prepared]) {
        let before = before_each(cases, shape, steps);
        for place in 0..steps.len() {
            self.learn_last(cases, shape, &steps[..=place], &before[..=place]);
        }
    }

    /// Learns from steps of which the last may end an entry.
    pub(super) fn learn(&mut self, cases: &Cases, shape: Shape, steps: &[Prepared]) {
        let before = before_each(cases, shape, steps);
        self.learn_last(cases, shape, steps, &before);
    }

    /// Keeps the steps, minimized, if their last one reaches a point that no shorter entry reaches.
    fn learn_last(&mut self, cases: &Cases, shape: Shape, steps: &[Prepared], before: &[Cursor]) {
        let tuning = &cases.tuning;
        let (Some(last), Some(mut cursor)) = (steps.last(), before.last().cloned()) else { return };
        let mut wanted = cursor.take(last, tuning);
        wanted.retain(|it| self.wants(shape, &[*it], steps.len(), tuning));
        if wanted.is_empty() {
            return;
        }
        let steps = minimized(steps.to_vec(), before, &wanted, tuning);
        if steps.len() > tuning.longest_entry {
            return;
        }
        let reached = trace(shape, cases.assumptions, &steps, tuning);
        let of = self.of_shape.entry(shape).or_default();
        of.assumptions = cases.assumptions;
        let last = reached.last().cloned().unwrap_or_default();
        for point in last.iter().filter(|it| it.is_memorable(tuning)) {
            let shortest = of.shortest.entry(*point).or_insert(steps.len());
            *shortest = steps.len().min(*shortest);
        }
        let points: BTreeSet<PointId> = reached.into_iter().flatten().collect();
        let points = points.into_iter().collect();
        let cost = Cost::of(&steps, tuning);
        of.order.push(of.entries.len());
        of.entries.push(Entry { steps, points, last, cost, score_bound: u32::MAX });
    }

    /// Forgets the upper bounds: the weights have grown.
    pub(super) fn reset_bounds(&mut self) {
        let entries = self.of_shape.values_mut().flat_map(|of| &mut of.entries);
        entries.for_each(|entry| entry.score_bound = u32::MAX);
    }

    /// Returns the entries of at most `most` steps with the highest scores above `score`.
    pub(super) fn best(
        &mut self,
        shape: Shape,
        most: usize,
        score: u32,
        coverage: &Coverage,
        tuning: &Tuning,
    ) -> Vec<&Entry> {
        let Some(OfShape { entries, order, .. }) = self.of_shape.get_mut(&shape) else {
            return Vec::new();
        };
        let overlay = Overlay::of(coverage, tuning);
        let bound = |entry: &Entry| coverage.score(entry.score_bound, entry.cost, tuning);
        order.sort_by_cached_key(|place| Reverse(bound(&entries[*place])));
        let count = tuning.entries_tried;
        let mut best: Vec<(u32, usize)> = Vec::new();
        for place in order.iter().copied() {
            let entry = &mut entries[place];
            let least = if best.len() < count { score } else { best[count - 1].0 };
            if bound(entry) <= least {
                break;
            }
            if entry.steps.len() > most {
                continue;
            }
            entry.score_bound = overlay.novelty(&entry.points);
            let score = bound(entry);
            if score > least {
                let at = best.partition_point(|(it, _)| *it >= score);
                best.insert(at, (score, place));
                best.truncate(count);
            }
        }
        best.into_iter().map(|(_, place)| &entries[place]).collect()
    }

    /// Returns the entries whose last step reaches a rule, the shortest first.
    pub(super) fn reaching(&self, rule: &'static str) -> Vec<Case> {
        let of_shape = |(shape, of): (&Shape, &OfShape)| {
            let reaches = |entry: &&Entry| entry.last.iter().any(|it| it.is_of_rule(rule));
            let entries = of.order.iter().map(|place| &of.entries[*place]).filter(reaches);
            let case = |entry: &Entry| {
                let steps = entry.steps.iter().map(|step| Step::clone(step)).collect();
                Case::new(*shape, of.assumptions, steps).ok()
            };
            entries.filter_map(case).collect::<Vec<_>>()
        };
        let mut cases: Vec<Case> = self.of_shape.iter().flat_map(of_shape).collect();
        cases.sort_by_key(|case| case.steps().len());
        cases
    }
}

/// Whether the last of the steps reaches these points from here; none does if there are no steps.
fn last_reaches(
    wanted: &[PointId],
    mut cursor: Cursor,
    steps: &[Prepared],
    tuning: &Tuning,
) -> bool {
    let Some((last, others)) = steps.split_last() else { return false };
    for step in others {
        cursor.advance(step);
    }
    cursor.reaches(wanted, last, tuning)
}

/// Returns the state before each step.
fn before_each(cases: &Cases, shape: Shape, steps: &[Prepared]) -> Vec<Cursor> {
    let mut cursor = Cursor::begin(shape, cases.assumptions);
    let mut before = Vec::with_capacity(steps.len());
    for step in steps {
        before.push(cursor.clone());
        cursor.advance(step);
    }
    before
}

/// Returns the steps without those that the last one does not need to reach the points that are wanted.
/// What comes before a step that is tried away stays as it is, and so does the state `before` it.
fn minimized(
    steps: Vec<Prepared>,
    before: &[Cursor],
    wanted: &[PointId],
    tuning: &Tuning,
) -> Vec<Prepared> {
    drop_one_by_one(steps, |fewer, dropped| {
        let begin = dropped.min(fewer.len().saturating_sub(1));
        last_reaches(wanted, before[begin].clone(), &fewer[begin..], tuning)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::tests::cases;
    use crate::scenario::Scenario;

    fn steps(text: &str) -> Vec<Prepared> {
        let scenario = Scenario::parse("a.scenario", &format!("world standalone\n\n{text}"));
        scenario.unwrap().steps().cloned().map(Prepared::new).collect()
    }

    #[test]
    fn an_entry_has_no_unneeded_step() {
        let (cases, shape) = (cases(), Shape::Standalone);
        let tuning = &cases.tuning;
        let mut corpus = Corpus::default();
        let long = steps(
            "owner CreateSubnet -> net
             owner CreateVpc -> vpc
             owner RunInstances SubnetId=net -> web",
        );
        corpus.learn(&cases, shape, &long);
        let entry = corpus.of_shape[&shape].entries[0].clone();
        let operations: Vec<_> = entry.steps.iter().map(|step| step.call.operation()).collect();
        assert_eq!(operations, ["CreateSubnet", "RunInstances"]);
        assert!(!corpus.wants(shape, &entry.last, 2, tuning), "it is known as it is");
        assert!(corpus.wants(shape, &entry.last, 1, tuning), "a shorter one is wanted");
        let other = Shape::Organization { sharing: true };
        assert!(corpus.wants(other, &entry.last, 2, tuning), "each shape has its own");
        corpus.learn(&cases, shape, &long);
        assert_eq!(corpus.of_shape[&shape].entries.len(), 1, "no entry is kept twice");
    }
}
