//! Calls that are never answered, while calls beside them are: told from transient faults by repetition.

use bellwether_model::answer::Decision;
use bellwether_model::judge::{self, Divergence, Indeterminate, Observation};
use bellwether_model::operations::{OPERATIONS, Service};
use bellwether_model::{Account, Answer, Call, Name};

use super::findings::{Origin, Place};
use super::{Player, role};
use crate::scenario::Step;

/// The most reads that are made to see whether the target answers anything: it may lack some of them.
const READS_BESIDE: usize = 12;

/// The faults among them after which it is taken to answer nothing.
const FAULTS_BESIDE: u32 = 3;

/// A call that met a fault in place of its answer.
#[derive(Debug)]
pub(super) struct Unanswered<'c> {
    /// The caller.
    pub(super) actor: Account,
    /// The call.
    pub(super) call: &'c Call,
    /// The resource that it was to make.
    pub(super) made: &'c Name,
    /// The fault that it met last.
    pub(super) fault: &'c Indeterminate,
}

/// The divergence of a call that is never answered; what is no call of AWS is not judged.
fn divergence(call: &Call, expected: &Answer, fault: &Indeterminate) -> Option<Divergence> {
    if call.service() == Service::Bellwether {
        return None;
    }
    judge::never_answered(expected, fault)
}

impl Player<'_> {
    /// Returns the divergence of a call that met a fault, if it is never answered while calls beside it are.
    ///
    /// A read was sent as often as a transient fault may last. A write is sent again here: what it does cannot
    /// be told from then on, so the play has to end with it.
    pub(super) async fn never_answered(
        &mut self,
        unanswered: &Unanswered<'_>,
        expected: &Answer,
    ) -> Option<Divergence> {
        let divergence = divergence(unanswered.call, expected, unanswered.fault)?;
        if self.found.has(&self.origin_of(unanswered, &divergence)) {
            return Some(divergence);
        }
        let is_known = self.sender.is_failing(unanswered.call.operation());
        let last = if unanswered.call.writes() && !is_known {
            self.send_until_answered(unanswered).await?
        } else {
            unanswered.fault.clone()
        };
        if !self.is_another_answered(unanswered).await {
            return None;
        }
        self.sender.note_failing(unanswered.call.operation());
        self::divergence(unanswered.call, expected, &last)
    }

    /// Sends a write as often as a read would be sent; returns the last fault, or `None` if it is answered.
    async fn send_until_answered(&mut self, unanswered: &Unanswered<'_>) -> Option<Indeterminate> {
        let Unanswered { actor, call, made, fault } = unanswered;
        let mut last = (*fault).clone();
        for attempt in 1.. {
            match self.sender.retry_after(&last, attempt) {
                Some(pause) => self.clock.wait(pause).await,
                None => return Some(last),
            }
            match self.sender.send(*actor, call, Some(made)).await {
                Observation::Indeterminate(fault) => last = fault,
                Observation::Granted(_)
                | Observation::Refused { .. }
                | Observation::Malformed(_)
                | Observation::Unimplemented(_)
                | Observation::Unsendable(_) => return None,
            }
        }
        unreachable!("the attempts do not end")
    }

    /// Whether the target answers the caller another call: one that only reads, and that the model grants as
    /// things are, another operation before the same one.
    async fn is_another_answered(&mut self, unanswered: &Unanswered<'_>) -> bool {
        let Unanswered { actor, call, .. } = unanswered;
        let mut reads: Vec<Call> = OPERATIONS.iter().map(|info| (info.plain)()).collect();
        reads.retain(|read| {
            !read.writes()
                && read != *call
                && self.options.capabilities.can(read)
                && matches!(read.check(&self.world, *actor), Decision::Granted)
        });
        reads.sort_by_key(|read| read.operation() == call.operation());
        let mut faults = 0;
        for read in reads.iter().take(READS_BESIDE) {
            match self.sender.session.send(*actor, read, None).await {
                Observation::Granted(_) | Observation::Refused { .. } => return true,
                Observation::Indeterminate(_) => faults += 1,
                Observation::Malformed(_)
                | Observation::Unimplemented(_)
                | Observation::Unsendable(_) => {}
            }
            if faults == FAULTS_BESIDE {
                break;
            }
        }
        false
    }

    /// The origin that a divergence of a call has.
    fn origin_of(&self, unanswered: &Unanswered<'_>, divergence: &Divergence) -> Origin {
        let Unanswered { actor, call, .. } = unanswered;
        Origin::of(divergence, call.operation(), role::of_call(&self.world, *actor, call))
    }

    /// The place of the answer to a step.
    pub(super) fn place_of_answer(&self, index: usize, step: &Step) -> Place {
        Place {
            step: index,
            view_read: None,
            operation: step.call.operation(),
            waited: std::time::Duration::ZERO,
            requests: self.requests(),
        }
    }

    /// The expected answer to a step that was decided like this, and has not taken effect in the model.
    pub(super) fn expected_answer(&self, step: &Step, decision: &Decision) -> Answer {
        match decision {
            Decision::Granted => {
                let mut aside = self.world.clone();
                Answer::Granted(step.call.apply(&mut aside, step.actor, &Name::none()))
            }
            Decision::Refused(refusal) => Answer::Refused(refusal.clone()),
            Decision::Open(open) => Answer::Open(open.clone()),
        }
    }

    /// Notes a write whose answer was lost though it took effect: whether it always is, only other plays can
    /// tell.
    pub(super) fn suspect(
        &mut self,
        index: usize,
        step: &Step,
        expected: &Answer,
        fault: &Indeterminate,
    ) {
        let Some(divergence) = divergence(&step.call, expected, fault) else { return };
        let role = role::of_call(&self.world, step.actor, &step.call);
        let place = self.place_of_answer(index, step);
        let suspect = self.found.finding(divergence, role, place);
        let is_noted = |it: &super::Finding| it.origin() == suspect.origin();
        if !self.played.suspects.iter().any(is_noted) {
            self.played.suspects.push(suspect);
        }
    }
}
