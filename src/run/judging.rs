//! The judging of the answers to steps.

use std::time::Duration;

use bellwether_model::judge::{Comparison, Difference, Divergence, Observation, judge};
use bellwether_model::{Answer, World};

use super::findings::Place;
use super::{Player, Role, role};
use crate::scenario::Step;

impl Player<'_> {
    /// Judges the answer to a step that writes.
    pub(super) fn judge_answer(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        expected: &Answer,
        observation: &Observation,
    ) {
        let comparison = (judge(expected, observation), Duration::ZERO);
        self.judge_comparison(index, step, before, expected, observation, comparison);
    }

    /// Adds what the answer to a step has shown after this time.
    pub(super) fn judge_comparison(
        &mut self,
        index: usize,
        step: &Step,
        before: &World,
        expected: &Answer,
        observation: &Observation,
        (mut comparison, waited): (Comparison, Duration),
    ) {
        let operation = step.call.operation();
        self.played.tally.answered(operation, observation);
        match (expected, observation) {
            (_, Observation::Indeterminate(fault)) => {
                if step.call.writes() {
                    // Whether the call took effect is not known, so nothing after it is either.
                    self.give_up(format!("{operation}: {}", fault.detail));
                    self.stopped = true;
                }
                return;
            }
            (Answer::Open(open), _) => {
                self.played.tally.left_open(open, operation, observation);
                return;
            }
            (_, Observation::Unimplemented(_) | Observation::Unsendable(_)) => return,
            (
                Answer::Granted(_) | Answer::Refused(_),
                Observation::Granted(_) | Observation::Refused { .. } | Observation::Malformed(_),
            ) => {}
        }
        if let Observation::Granted(observed) = observation {
            for row in &observed.rows {
                self.played.tally.seen(step.actor, row.key.clone());
            }
        }
        for (rule, answer) in comparison.open.drain(..) {
            self.played.tally.open(rule, operation, answer);
        }
        if self.found.is_blinded(step.actor, &step.call) {
            let wrong_code = |it: &Divergence| it.difference == Difference::WrongCode;
            comparison.diverges.retain(|divergence| !wrong_code(divergence));
        }
        let masked = comparison
            .diverges
            .iter()
            .any(|divergence| matches!(divergence.difference, Difference::WronglyGranted))
            || matches!(observation, Observation::Malformed(_));
        self.played.tally.conform(
            step.actor,
            operation,
            expected,
            observation,
            &comparison.conforms,
        );
        for divergence in comparison.diverges {
            let role = match &divergence.key {
                Some(key) => role::of(before, step.actor, &key.names()),
                None => role::of_call(before, step.actor, &step.call),
            };
            let requests = self.requests();
            let place = Place { step: index, view_read: None, operation, waited, requests };
            self.find(divergence, role, place);
        }
        // Once the target has granted what it must refuse, its world is no longer the model's.
        self.stopped |= masked;
    }

    /// Adds a divergence that showed at a place to an account in this part.
    pub(super) fn find(&mut self, divergence: Divergence, role: Role, place: Place) {
        self.played.tally.diverge(divergence.rule);
        let finding = self.found.finding(divergence, role, place);
        self.found.add(finding);
    }
}
