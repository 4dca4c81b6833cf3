//! The sending of calls, and their sending again after transient faults.

use std::collections::BTreeSet;
use std::time::Duration;

use bellwether_model::judge::{Indeterminate, Observation, Phase};
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
    /// The operations some calls of which are known never to be answered: what fails is not sent again.
    failing: BTreeSet<&'static str>,
    /// The number of requests that were sent again.
    resent: u32,
}

impl Sender {
    /// A sender that has met nothing yet, and knows which operations fail at times.
    pub(super) fn new(session: Session, failing: BTreeSet<&'static str>) -> Self {
        Self { session, faults: FaultsMet::default(), failing, resent: 0 }
    }

    /// Whether some calls of an operation are known never to be answered.
    pub(super) fn is_failing(&self, operation: &'static str) -> bool {
        self.failing.contains(operation)
    }

    /// Notes that a call of an operation is never answered.
    pub(super) fn note_failing(&mut self, operation: &'static str) {
        self.failing.insert(operation);
    }

    /// The pause before a call is sent again that met a fault `attempt` times; `None` if it was sent as often as
    /// a transient fault may last.
    pub(super) fn retry_after(&self, fault: &Indeterminate, attempt: u32) -> Option<Duration> {
        match self.session.after_fault(RetryPolicy::CALL, fault, attempt, true) {
            Next::RetryAfter(pause) => Some(pause),
            Next::GiveUp => None,
        }
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
                Next::GiveUp => return observation,
            }
        }
        unreachable!("the attempts do not end")
    }

    /// Decides what follows a fault.
    fn after(&mut self, call: &Call, fault: &Indeterminate, attempt: u32) -> Next {
        let is_known_to_fail = fault.phase == Phase::Call && self.is_failing(call.operation());
        let is_repeatable = !call.writes() && !is_known_to_fail;
        let next = self.session.after_fault(RetryPolicy::CALL, fault, attempt, is_repeatable);
        if next == Next::GiveUp || self.resent >= RESENT_MAX {
            return Next::GiveUp;
        }
        self.resent += 1;
        next
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bellwether_model::judge::Cause;
    use bellwether_model::operations::ec2;

    use super::*;
    use crate::wire::Names;

    fn sender() -> Sender {
        Sender::new(Session::new(BTreeMap::new(), Names::default()), BTreeSet::new())
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
    fn what_is_known_to_fail_is_not_sent_again() {
        let mut sender = sender();
        let fails = |phase| fault(Cause::ServerError, phase);
        assert_ne!(sender.after(&read(), &fails(Phase::Call), 1), Next::GiveUp);
        sender.note_failing("DescribeVpcs");
        assert_eq!(sender.after(&read(), &fails(Phase::Call), 1), Next::GiveUp);
        assert_ne!(sender.after(&read(), &fails(Phase::Setup), 1), Next::GiveUp, "it was not sent");
        let busy = fault(Cause::Throttled, Phase::Call);
        assert_ne!(sender.after(&read(), &busy, 1), Next::GiveUp, "it was not taken");
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
