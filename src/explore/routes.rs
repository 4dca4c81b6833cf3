//! The shortest routes that are known to what steps can reach.
//!
//! What takes several particular steps, such as a version too many of a permission, is seldom drawn
//! by chance. The suites have such steps, and a walk comes upon others, be it taken or not. They are
//! kept, as few as it takes, to be gone again with new names in the middle of a later case.

use std::collections::{BTreeMap, BTreeSet};

use bellwether_model::{Assumptions, Shape};

use super::reached::{Aside, Counts, Mark};
use super::walk::Drawing;
use super::{Cases, fewest};
use crate::scenario::{Case, Step};

/// The routes that are known in worlds of each shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Routes {
    of_shape: BTreeMap<Shape, OfShape>,
}

#[derive(Clone, Debug, Default)]
struct OfShape {
    /// What the routes take for granted, against AWS.
    assumptions: Assumptions,
    routes: Vec<Route>,
    /// How many steps the shortest route to each feature has.
    shortest: BTreeMap<Mark, usize>,
}

/// Steps that reach something from a world in which nothing has happened.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// The steps.
    pub(super) steps: Vec<Step>,
    /// What they reach, all of them.
    pub(super) features: Vec<Mark>,
    /// What the last of them reaches.
    last: Vec<Mark>,
    /// How much of it was new when that was asked last; it never grows until it is promised anew.
    promise: u32,
}

/// How many routes are tried at a time, those that promise most.
const PROMISING: usize = 6;
/// The longest route that is kept.
const LONGEST: usize = 14;

impl Routes {
    /// Whether so many steps would be the shortest route to some of this.
    pub(super) fn wants(&self, shape: Shape, features: &[Mark], steps: usize) -> bool {
        let shortest = |it| self.of_shape.get(&shape)?.shortest.get(it);
        let mut worthy = features.iter().filter(|it| it.is_worth_a_route());
        worthy.any(|it| shortest(it).is_none_or(|shortest| steps < *shortest))
    }

    /// Takes note of steps whose every beginning may be a route.
    pub(super) fn learn_all(&mut self, cases: &Cases, shape: Shape, steps: &[Step]) {
        for (place, reached) in reach(cases, shape, steps).into_iter().enumerate() {
            self.learn_way(cases, shape, steps[..=place].to_vec(), reached);
        }
    }

    /// Takes note of steps whose last one may end a route.
    pub(super) fn learn(&mut self, cases: &Cases, shape: Shape, steps: Vec<Step>) {
        let last = reach(cases, shape, &steps).pop();
        self.learn_way(cases, shape, steps, last.unwrap_or_default());
    }

    /// Keeps as few of the steps as still reach what the last of them does by a shorter route than
    /// is known.
    fn learn_way(&mut self, cases: &Cases, shape: Shape, steps: Vec<Step>, last: Vec<Mark>) {
        let wanted: Vec<Mark> =
            last.into_iter().filter(|it| self.wants(shape, &[*it], steps.len())).collect();
        if wanted.is_empty() {
            return;
        }
        let steps = fewest(steps, |fewer| {
            let reached = reach(cases, shape, fewer);
            reached.last().is_some_and(|last| wanted.iter().all(|it| last.contains(it)))
        });
        if steps.len() > LONGEST {
            return;
        }
        let reached = reach(cases, shape, &steps);
        let of = self.of_shape.entry(shape).or_default();
        of.assumptions = cases.assumptions;
        let last = reached.last().cloned().unwrap_or_default();
        for feature in last.iter().filter(|it| it.is_worth_a_route()) {
            let shortest = of.shortest.entry(*feature).or_insert(steps.len());
            *shortest = steps.len().min(*shortest);
        }
        let features: BTreeSet<Mark> = reached.into_iter().flatten().collect();
        let features = features.into_iter().collect();
        of.routes.push(Route { steps, features, last, promise: u32::MAX });
    }

    /// Has all routes asked again for how much of them is new: what that is worth has grown.
    pub(super) fn promise_anew(&mut self) {
        let routes = self.of_shape.values_mut().flat_map(|of| &mut of.routes);
        routes.for_each(|route| route.promise = u32::MAX);
    }

    /// The routes of at most so many steps that are worth most, and more than so much, beside what was
    /// reached.
    pub(super) fn promising(
        &mut self,
        shape: Shape,
        most: usize,
        worth: u32,
        counts: &Counts,
    ) -> Vec<&Route> {
        let Some(of) = self.of_shape.get_mut(&shape) else { return Vec::new() };
        let reached = Aside::of(counts);
        let each = |route: &Route| counts.worth(route.promise, &route.steps);
        of.routes.sort_by_cached_key(|route| std::cmp::Reverse(each(route)));
        let mut best: Vec<(u32, usize)> = Vec::new();
        for (place, route) in of.routes.iter_mut().enumerate() {
            let least = if best.len() < PROMISING { worth } else { best[PROMISING - 1].0 };
            if each(route) <= least {
                break;
            }
            if route.steps.len() > most {
                continue;
            }
            route.promise = reached.novelty(&route.features);
            let promise = each(route);
            if promise > least {
                let at = best.partition_point(|(it, _)| *it >= promise);
                best.insert(at, (promise, place));
                best.truncate(PROMISING);
            }
        }
        best.into_iter().map(|(_, place)| &of.routes[place]).collect()
    }

    /// The routes whose last step reaches some of this, the shortest first.
    pub(super) fn reaching(&self, features: &[Mark]) -> Vec<Case> {
        let of_shape = |(shape, of): (&Shape, &OfShape)| {
            let reaches = |route: &&Route| features.iter().any(|it| route.last.contains(it));
            let routes = of.routes.iter().filter(reaches);
            let case = |route: &Route| Case::new(*shape, of.assumptions, route.steps.clone()).ok();
            routes.filter_map(case).collect::<Vec<_>>()
        };
        let mut cases: Vec<Case> = self.of_shape.iter().flat_map(of_shape).collect();
        cases.sort_by_key(|case| case.steps().len());
        cases
    }

    /// The routes that are known in worlds of a shape.
    #[cfg(test)]
    pub(super) fn of(&self, shape: Shape) -> &[Route] {
        self.of_shape.get(&shape).map_or(&[], |of| &of.routes)
    }
}

/// What each of the steps reaches.
fn reach(cases: &Cases, shape: Shape, steps: &[Step]) -> Vec<Vec<Mark>> {
    let mut drawing = Drawing::begin(cases, shape);
    steps.iter().map(|step| drawing.take(step.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::tests::cases;
    use crate::scenario::Scenario;

    fn steps(text: &str) -> Vec<Step> {
        let scenario = Scenario::parse("a.scenario", &format!("world standalone\n\n{text}"));
        scenario.unwrap().steps().cloned().collect()
    }

    #[test]
    fn a_route_has_no_step_that_its_end_is_reached_without() {
        let (cases, shape) = (cases(), Shape::Standalone);
        let mut routes = Routes::default();
        let long = steps(
            "owner CreateSubnet -> net
             owner CreateVpc -> vpc
             owner RunInstances SubnetId=net -> web",
        );
        routes.learn(&cases, shape, long.clone());
        let operations: Vec<_> =
            routes.of(shape)[0].steps.iter().map(|step| step.call.operation()).collect();
        assert_eq!(operations, ["CreateSubnet", "RunInstances"]);
        let reached = reach(&cases, shape, &routes.of(shape)[0].steps);
        assert!(!routes.wants(shape, &reached[1], 2), "it is known as it is");
        assert!(routes.wants(shape, &reached[1], 1), "a shorter one is wanted");
        let other = Shape::Organization { sharing: true };
        assert!(routes.wants(other, &reached[1], 2), "each shape has its own");
        routes.learn(&cases, shape, long);
        assert_eq!(routes.of(shape).len(), 1, "what is known is not kept twice");
    }
}
