//! The sending of calls, and their sending again after transient faults.

use std::collections::BTreeSet;

use bellwether_model::judge::{Cause, Indeterminate, Observation, Phase};
use bellwether_model::{Account, Call, Name};

use super::tally::FaultsMet;
use crate::wire::Session;
use crate::wire::retry::{Next, RetryPolicy};

/// The most requests that are sent again in one play.
const RESENT_MAX: u32 = 1_000;

/// A session, and what its transient faults have taught.
#[derive(Debug)]
pub(super) struct Sender {
    /// The session with the target.
    pub(super) session: Session,
    /// The transient faults met.
    pub(super) faults: FaultsMet,
    /// The operations that read, and whose answers stayed unreadable however often they were called.
    never_read: BTreeSet<&'static str>,
    /// The number of requests that were sent again.
    resent: u32,
}

impl Sender {
    /// A sender that has met nothing yet.
    pub(super) fn new(session: Session) -> Self {
        Self { session, faults: FaultsMet::default(), never_read: BTreeSet::new(), resent: 0 }
    }

    /// Sends a call; again after a transient fault where that is harmless.
    pub(super) async fn send(
        &mut self,
        actor: Account,
        call: &Call,
        made: Option<&Name>,
    ) -> Observation {
        for attempt in 1.. {
            let observation = self.session.send(actor, call, made).await;
            let Observation::Indeterminate(fault) = &observation else { return observation };
            self.faults.note(fault);
            match self.after(call, fault, attempt) {
                Next::RetryAfter(pause) => self.session.clock.wait(pause).await,
                Next::GiveUp => return self.given_up(call, observation),
            }
        }
        unreachable!("the attempts do not end")
    }

    /// Decides what follows a fault.
    fn after(&mut self, call: &Call, fault: &Indeterminate, attempt: u32) -> Next {
        let is_never_read =
            is_unreadable_answer(fault) && self.never_read.contains(call.operation());
        let is_repeatable = !call.writes() && !is_never_read;
        let next = self.session.after_fault(RetryPolicy::CALL, fault, attempt, is_repeatable);
        if next == Next::GiveUp || self.resent >= RESENT_MAX {
            return Next::GiveUp;
        }
        self.resent += 1;
        next
    }

    /// The observation for a call that is not sent again: a read whose answer stays unreadable is judged
    /// by that.
    fn given_up(&mut self, call: &Call, observation: Observation) -> Observation {
        if call.writes() {
            return observation;
        }
        let judged = unreadable_as_malformed(observation);
        if matches!(judged, Observation::Malformed(_)) {
            self.never_read.insert(call.operation());
        }
        judged
    }
}

/// Whether a call was answered, and the answer can't be read.
pub(super) fn is_unreadable_answer(fault: &Indeterminate) -> bool {
    fault.cause == Cause::Unreadable && fault.phase == Phase::Call
}

/// The observation that is judged where an answer stays unreadable.
pub(super) fn unreadable_as_malformed(observation: Observation) -> Observation {
    match observation {
        Observation::Indeterminate(fault) if is_unreadable_answer(&fault) => {
            Observation::Malformed(fault.detail)
        }
        other @ (Observation::Granted(_)
        | Observation::Refused { .. }
        | Observation::Malformed(_)
        | Observation::Indeterminate(_)
        | Observation::Unimplemented(_)
        | Observation::Unsendable(_)) => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bellwether_model::operations::ec2;

    use super::*;
    use crate::wire::Names;

    fn sender() -> Sender {
        Sender::new(Session::new(BTreeMap::new(), Names::default()))
    }

    fn read() -> Call {
        ec2::DescribeVpcs::default().into()
    }

    fn write() -> Call {
        ec2::CreateVpc::default().into()
    }

    fn fault(cause: Cause, phase: Phase) -> Indeterminate {
        Indeterminate { cause, phase, detail: "HTTP 200 with a page".to_owned() }
    }

    #[test]
    fn a_write_is_sent_again_only_after_throttling() {
        let mut sender = sender();
        for phase in [Phase::Setup, Phase::Call] {
            let throttled = sender.after(&write(), &fault(Cause::Throttled, phase), 1);
            assert_ne!(throttled, Next::GiveUp);
            for cause in [Cause::ServerError, Cause::NoResponse, Cause::Unreadable] {
                assert_eq!(sender.after(&write(), &fault(cause, phase), 1), Next::GiveUp);
                assert_ne!(sender.after(&read(), &fault(cause, phase), 1), Next::GiveUp);
            }
        }
    }

    #[test]
    fn an_answer_that_stays_unreadable_is_malformed_and_then_read_once() {
        let mut sender = sender();
        let unreadable = fault(Cause::Unreadable, Phase::Call);
        let observation = Observation::Indeterminate(unreadable.clone());
        assert_eq!(sender.given_up(&write(), observation.clone()), observation);
        let malformed = Observation::Malformed(unreadable.detail.clone());
        assert_eq!(sender.given_up(&read(), observation), malformed);
        assert_eq!(sender.after(&read(), &unreadable, 1), Next::GiveUp);
        let busy = fault(Cause::ServerError, Phase::Call);
        assert_ne!(sender.after(&read(), &busy, 1), Next::GiveUp, "another fault may pass");
    }

    #[test]
    fn a_fault_in_the_setup_is_not_the_answer_to_the_call() {
        let mut sender = sender();
        let setup = fault(Cause::Unreadable, Phase::Setup);
        let observation = Observation::Indeterminate(setup.clone());
        assert_eq!(sender.given_up(&read(), observation.clone()), observation);
        assert_ne!(sender.after(&read(), &setup, 1), Next::GiveUp);
    }

    #[test]
    fn a_play_has_a_limit_of_retries() {
        let mut sender = sender();
        let busy = fault(Cause::ServerError, Phase::Call);
        for _ in 0..RESENT_MAX {
            assert_ne!(sender.after(&read(), &busy, 1), Next::GiveUp);
        }
        assert_eq!(sender.after(&read(), &busy, 1), Next::GiveUp);
    }
}
