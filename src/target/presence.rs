//! Whether a target is there: one that is being started again is waited for.

use std::time::{Duration, Instant};

use bellwether_model::judge::{Cause, Observation};

use super::open::mint_account_id;
use super::{Connection, Target};
use crate::wire;

/// The pause between two attempts to reach a target.
const PAUSE: Duration = Duration::from_millis(200);

/// The presence of a target, as it was found out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Whether it answers, whatever it says.
    pub answers: bool,
    /// The requests that this took.
    pub requests: u64,
}

impl Presence {
    /// Whether it did not answer at first.
    #[must_use]
    pub fn was_awaited(self) -> bool {
        self.requests > 1
    }
}

impl Target {
    /// Waits until the target answers anything, at most for this time.
    pub async fn await_presence(&self, longest: Duration) -> Presence {
        if matches!(self.connection, Connection::InProcess { .. }) {
            return Presence { answers: true, requests: 0 };
        }
        let begun = Instant::now();
        let mut requests = 0;
        loop {
            requests += 1;
            if self.answers().await {
                return Presence { answers: true, requests };
            }
            if begun.elapsed() >= longest {
                return Presence { answers: false, requests };
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Whether a plain read is answered, by whatever it is.
    async fn answers(&self) -> bool {
        let Ok(clients) = self.clients(&mint_account_id()).await else { return false };
        let Err(error) = clients.ec2.describe_vpcs().send().await else { return true };
        match wire::unanswered(&error) {
            Observation::Indeterminate(fault) => match fault.cause {
                Cause::NoResponse | Cause::ConnectionLost => false,
                Cause::Throttled | Cause::ServerError | Cause::Unreadable | Cause::Foreign => true,
            },
            Observation::Granted(_)
            | Observation::Refused { .. }
            | Observation::Malformed(_)
            | Observation::Unimplemented(_)
            | Observation::Unsendable(_) => true,
        }
    }
}
