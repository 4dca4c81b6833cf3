//! The views of the accounts: which reads are made when, and what they show.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::Duration;

use bellwether_model::answer::{Decision, Key};
use bellwether_model::judge::{self, Comparison, Divergence, Observation, judge};
use bellwether_model::rules::Rule;
use bellwether_model::{Answer, Name, World};

use super::crash::Unanswered;
use super::findings::{Origin, Place};
use super::settle::{self, Poll, Settled};
use super::view_reads::{self, After, Change, Signature, ViewRead};
use super::{Player, ReadPolicy, Role, laws, role};
use crate::scenario::Step;

impl Player<'_> {
    /// Reads what a step has changed, or leaves it for later, where that is worth its request.
    pub(super) async fn observe_changes(
        &mut self,
        index: usize,
        after: &After,
        changes: Vec<Change>,
    ) {
        // Where time is given, it is watched how much is taken.
        let later = matches!(self.options.reads, ReadPolicy::NovelOnly(_)) && self.bound.is_zero();
        for change in changes {
            if self.stopped {
                break;
            }
            if !self.is_worth_it(|| view_reads::signatures(after, &change)) {
                continue;
            }
            let Change { view_read, keys, .. } = change;
            if later {
                self.deferral.add(view_read, keys);
            } else {
                self.make_view_read(index, &view_read, &keys).await;
            }
        }
    }

    /// Makes the deferred view reads that would no longer show their changes after a step. Returns
    /// the world that the step leads to and its changes, if these were computed.
    pub(super) async fn make_reads_due_before(
        &mut self,
        index: usize,
        step: &Step,
        made: &Name,
        decision: &Decision,
    ) -> Option<(World, Vec<Change>)> {
        if self.deferral.is_empty() || !step.call.writes() {
            return None;
        }
        let mut next = self.world.clone();
        match decision {
            Decision::Refused(_) => return None,
            Decision::Open(open) => {
                step.call.apply_assumed(&mut next, step.actor, made, open.rules[0]);
            }
            Decision::Granted => {
                step.call.apply(&mut next, step.actor, made);
            }
        }
        let changes = view_reads::changed(&mut self.world, &mut next, self.shape);
        let left = view_reads::complete(&next, self.shape);
        let due = self.deferral.take_due(&changes, &left);
        for (view_read, keys) in due {
            if self.stopped || self.played.inconclusive.is_some() {
                break;
            }
            self.make_view_read(index.saturating_sub(1), &view_read, &keys).await;
        }
        Some((next, changes))
    }

    /// Whether a view read is worth its request.
    fn is_worth_it(&mut self, signatures: impl FnOnce() -> Vec<Signature>) -> bool {
        match &self.options.reads {
            ReadPolicy::NovelOnly(before) => self.played.signatures.is_novel(before, signatures()),
            ReadPolicy::AfterEachStep
            | ReadPolicy::FinalRead(_)
            | ReadPolicy::PollFinalRead(_)
            | ReadPolicy::Never => true,
        }
    }

    /// Makes the view reads of all accounts that are worth it: the deferred ones first, then those with
    /// most signatures, so that they leave least to others.
    pub(super) async fn read_all_views(&mut self, last: usize) {
        let all = BTreeSet::new();
        let adjacency = std::mem::take(&mut self.adjacency);
        let deferral = std::mem::take(&mut self.deferral);
        let novel_only = matches!(self.options.reads, ReadPolicy::NovelOnly(_));
        let view_reads = view_reads::complete(&self.world, self.shape).into_iter();
        let mut view_reads: Vec<(bool, Vec<Signature>, ViewRead)> = view_reads
            .map(|view_read| {
                let signatures = if novel_only {
                    view_reads::standing(&view_read, &mut self.world, &adjacency)
                } else {
                    Vec::new()
                };
                (deferral.contains(&view_read), signatures, view_read)
            })
            .collect();
        view_reads.sort_by_key(|(due, signatures, _)| Reverse((*due, signatures.len())));
        for (due, signatures, view_read) in view_reads {
            if self.played.inconclusive.is_some() {
                break;
            }
            if self.is_worth_it(|| signatures) || due {
                self.make_view_read(last, &view_read, &all).await;
            }
        }
    }

    /// Reads as one account, again and again until the expected rows are seen or the bound has
    /// passed. `changed` has the keys of these rows that the step before has changed.
    pub(super) async fn make_view_read(
        &mut self,
        step: usize,
        view_read: &ViewRead,
        changed: &BTreeSet<Key>,
    ) {
        let can = self.options.capabilities.can(&view_read.call);
        if !can
            || !matches!(view_read.call.check(&self.world, view_read.account), Decision::Granted)
        {
            return;
        }
        let reply = view_read.call.apply(&mut self.world, view_read.account, &Name::none());
        if reply.rows.is_empty() && reply.fields.is_empty() {
            return;
        }
        let expected = Answer::Granted(reply);
        let Settled { observation, comparison, waited } =
            self.settle(view_read, &expected, changed).await;
        if let Observation::Indeterminate(fault) = &observation {
            let ViewRead { account, call } = view_read;
            let nameless = Name::none();
            let unanswered = Unanswered { actor: *account, call, made: &nameless, fault };
            let Some(divergence) = self.never_answered(&unanswered, &expected).await else {
                self.give_up(format!("{}: {}", call.operation(), fault.detail));
                return;
            };
            let role = self.role_of_reader(view_read, &divergence);
            let place = Place {
                step,
                view_read: Some(view_read.clone()),
                operation: call.operation(),
                waited,
                requests: self.requests(),
            };
            self.find(divergence, role, place);
            return;
        }
        self.played.tally.answered(view_read.call.operation(), &observation);
        self.conclude(step, view_read, &expected, &observation, comparison, waited);
    }

    /// Reads until what is expected is seen, or all that is not has had its time.
    ///
    /// A row that is seen in the end, after its bound, is late; where it was seen before since the last
    /// change, it came and went.
    pub(super) async fn settle(
        &mut self,
        view_read: &ViewRead,
        expected: &Answer,
        changed: &BTreeSet<Key>,
    ) -> Settled {
        let mut unsettled = changed.clone();
        let mut is_first_read = true;
        let bound = self.bound;
        let mut poll = Poll::new(bound, settle::grace(self.clock.is_simulated(), bound.longest()));
        loop {
            let observation = self.sender.send(view_read.account, &view_read.call, None).await;
            let mut comparison = judge(expected, &observation);
            let waited = self.clock.since(self.changed);
            if matches!(observation, Observation::Indeterminate(_)) {
                return Settled { observation, comparison, waited };
            }
            if let (Answer::Granted(_), Observation::Granted(observed)) = (expected, &observation) {
                judge::laws::hold(observed, &mut comparison);
                laws::hold_narrowed(&view_read.call, observed, &mut comparison);
                self.memory.hold_names(observed, &mut comparison);
                if waited >= bound.longest() {
                    self.memory.hold_again(view_read, observed, &mut comparison);
                }
            }
            for (rule, key) in &comparison.conforms {
                if let Some(key) = key.as_ref().filter(|key| !settle::differs(key, &comparison))
                    && unsettled.remove(key)
                {
                    self.played.tally.settled(rule, waited);
                    self.played.pace.note(is_first_read, waited);
                }
            }
            is_first_read = false;
            let is_known = |it: &Divergence| self.is_found(view_read, it);
            let is_unawaited = |it: &Divergence| self.is_unawaited(view_read, it);
            let pause = if comparison.diverges.iter().all(is_unawaited) {
                None
            } else {
                poll.next_pause(&comparison.diverges, waited, is_known)
            };
            let Some(pause) = pause else {
                let was_seen = |key: &Key| self.seen_as_expected.contains(view_read, key);
                settle::tell_late_from_never(&mut comparison, poll.into_overdue(), was_seen);
                self.seen_as_expected.note(view_read, &comparison);
                return Settled { observation, comparison, waited };
            };
            self.clock.wait(pause).await;
        }
    }

    /// Adds what a view read has found in the end.
    fn conclude(
        &mut self,
        step: usize,
        view_read: &ViewRead,
        expected: &Answer,
        observation: &Observation,
        mut comparison: Comparison,
        waited: Duration,
    ) {
        comparison
            .conforms
            .retain(|(rule, _)| comparison.diverges.iter().all(|it| it.rule != *rule));
        self.seen(view_read, expected, observation, &comparison.conforms);
        for divergence in comparison.diverges {
            let role = self.role_of_reader(view_read, &divergence);
            let place = Place {
                step,
                view_read: Some(view_read.clone()),
                operation: view_read.call.operation(),
                waited,
                requests: self.requests(),
            };
            self.find(divergence, role, place);
        }
    }

    fn role_of_reader(&self, view_read: &ViewRead, divergence: &Divergence) -> Role {
        match &divergence.key {
            Some(key) => role::of(&self.world, view_read.account, &key.names()),
            None => role::of_call(&self.world, view_read.account, &view_read.call),
        }
    }

    /// The origin of a divergence that a view read shows.
    fn origin_in(&self, view_read: &ViewRead, divergence: &Divergence) -> Origin {
        let role = self.role_of_reader(view_read, divergence);
        Origin::of(divergence, view_read.call.operation(), role)
    }

    /// Whether a divergence of the same origin was found before in this play.
    fn is_found(&self, view_read: &ViewRead, divergence: &Divergence) -> bool {
        self.found.has(&self.origin_in(view_read, divergence))
    }

    /// Whether a divergence is known to be no matter of time, and waiting for it takes some.
    fn is_unawaited(&self, view_read: &ViewRead, divergence: &Divergence) -> bool {
        !self.clock.is_simulated()
            && self.options.unawaited.contains(&self.origin_in(view_read, divergence))
    }

    fn seen(
        &mut self,
        view_read: &ViewRead,
        expected: &Answer,
        observation: &Observation,
        conforms: &[(&'static Rule, Option<Key>)],
    ) {
        if let Observation::Granted(observed) = observation {
            for row in &observed.rows {
                self.played.tally.seen(view_read.account, row.key.clone());
            }
            let rows = if let Answer::Granted(reply) = expected { &reply.rows[..] } else { &[] };
            for row in rows {
                let names = row.key.names();
                if !names.is_empty()
                    && role::of(&self.world, view_read.account, &names) != Role::Owner
                {
                    let listed = observed.rows.iter().any(|it| it.key == row.key);
                    self.played.tally.foreign_row(row, listed);
                }
            }
        }
        let operation = view_read.call.operation();
        self.played.tally.conform(view_read.account, operation, expected, observation, conforms);
    }
}
