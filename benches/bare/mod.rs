//! Cases, each with the calls that a play of it sends, to be sent again without the harness.

use bellwether::capabilities::Capabilities;
use bellwether::explore::{Cases, Generator, Tuning};
use bellwether::run::{PlayOptions, ReadPolicy, play, play_recording};
use bellwether::scenario::Case;
use bellwether::suites;
use bellwether::target::{Target, TargetError};
use bellwether::wire::Sent;
use bellwether_model::Assumptions;

/// A case, and what a play of it sends.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    case: Case,
    sent: Vec<Sent>,
}

/// The options of plays: those of `check`.
pub(crate) fn options(capabilities: &Capabilities) -> PlayOptions {
    PlayOptions::new(ReadPolicy::NovelOnly(std::sync::Arc::default()), capabilities.clone())
}

/// The cases that a run of this seed draws first.
pub(crate) fn cases(capabilities: &Capabilities, seed: u64, count: u64, steps: usize) -> Vec<Case> {
    let cases = Cases {
        steps,
        assumptions: Assumptions::default(),
        capabilities: capabilities.clone(),
        known: [].into(),
        generator: Generator::Guided,
        tuning: Tuning::default(),
    };
    let mut reached = suites::seeded_search(&cases);
    (0..count).map(|number| cases.case(seed, number, &mut reached)).collect()
}

impl Recorded {
    /// Plays a case and keeps what was sent, with how many requests that took.
    pub(crate) async fn of(
        target: &Target,
        case: Case,
        options: &PlayOptions,
    ) -> Result<(Self, u64), TargetError> {
        let (played, sent) = play_recording(target, &case, options).await?;
        Ok((Self { case, sent }, played.requests))
    }

    /// Plays the case; returns how many requests that took.
    pub(crate) async fn play(
        &self,
        target: &Target,
        options: &PlayOptions,
    ) -> Result<u64, TargetError> {
        Ok(play(target, &self.case, options).await?.requests)
    }

    /// Sends the same calls to fresh accounts, and does nothing else with the answers than to
    /// read them; returns how many requests that took.
    pub(crate) async fn send(&self, target: &Target) -> Result<u64, TargetError> {
        let mut opened = target.open(self.case.shape(), target.assumptions).await?;
        for Sent { actor, call, made } in &self.sent {
            std::hint::black_box(opened.session.send(*actor, call, made.as_ref()).await);
        }
        Ok(opened.session.requests + opened.setup_requests)
    }
}
