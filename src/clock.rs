//! The clock that a case waits by: real time, or the simulated time of the reference in this process.
//!
//! All waiting for a target uses it, so that a case against the embedded reference takes no longer for
//! its delays: waiting puts the simulated clock forward.

use std::time::{Duration, Instant, SystemTime};

use crate::reference::Time;

/// The clock of one case.
#[derive(Clone, Debug)]
pub struct Clock {
    /// The simulated time, if it is not real time.
    simulated: Option<Time>,
    since: Instant,
}

impl Clock {
    /// Real time.
    #[must_use]
    pub fn outside() -> Self {
        Self { simulated: None, since: Instant::now() }
    }

    /// The time of a reference in this process.
    #[must_use]
    pub fn of(time: Time) -> Self {
        Self { simulated: time.is_simulated().then_some(time), since: Instant::now() }
    }

    /// Whether waiting costs no real time.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.simulated.is_some()
    }

    /// The time since the case was opened.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.simulated.as_ref().map_or_else(|| self.since.elapsed(), Time::passed)
    }

    /// The date, as the time since 1970.
    #[must_use]
    pub fn date(&self) -> Duration {
        self.simulated.as_ref().map_or_else(
            || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default(),
            |simulated| Duration::from_millis(simulated.now_ms()),
        )
    }

    /// The time that has passed since an earlier one.
    #[must_use]
    pub fn since(&self, time: Duration) -> Duration {
        self.now().saturating_sub(time)
    }

    /// Waits for this time.
    pub async fn wait(&self, time: Duration) {
        match &self.simulated {
            Some(simulated) => simulated.pass(time),
            None => tokio::time::sleep(time).await,
        }
    }

    /// Waits between two tries, and doubles the next pause up to `most`.
    pub async fn back_off(&self, pause: &mut Duration, most: Duration) {
        self.wait(*pause).await;
        *pause = (*pause * 2).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_simulated_day_passes_in_no_time() {
        let begun = Instant::now();
        let time = Time::simulated();
        let clock = Clock::of(time.clone());
        clock.wait(Duration::from_hours(24)).await;
        assert_eq!(clock.now(), Duration::from_hours(24));
        assert_eq!(time.passed(), clock.now(), "it is the reference's own");
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn real_time_is_waited_for() {
        let clock = Clock::outside();
        clock.wait(Duration::from_millis(20)).await;
        assert!(clock.now() >= Duration::from_millis(20));
    }
}
