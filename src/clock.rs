//! The time that a play waits by: the outside's, or that of the reference in this process, which
//! passes when it is told to.
//!
//! Whoever waits for a target waits here, so that a play against the embedded reference takes no
//! longer for its delays: the play puts the reference's clock forward and goes on.

use std::time::{Duration, Instant};

use crate::reference::Time;

/// The clock of one case.
#[derive(Clone, Debug)]
pub struct Clock {
    told: Option<Time>,
    since: Instant,
}

impl Clock {
    /// The time of the outside.
    #[must_use]
    pub fn outside() -> Self {
        Self { told: None, since: Instant::now() }
    }

    /// The time of a reference in this process.
    #[must_use]
    pub fn of(time: Time) -> Self {
        Self { told: time.is_told().then_some(time), since: Instant::now() }
    }

    /// Whether waiting costs no time of the outside.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// The time since the case was opened.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.told.as_ref().map_or_else(|| self.since.elapsed(), Time::passed)
    }

    /// How much of it has passed since a time that it has shown.
    #[must_use]
    pub fn since(&self, time: Duration) -> Duration {
        self.now().saturating_sub(time)
    }

    /// Waits.
    pub async fn wait(&self, time: Duration) {
        match &self.told {
            Some(told) => told.pass(time),
            None => tokio::time::sleep(time).await,
        }
    }

    /// Waits between two tries: the next time twice as long, up to `most`.
    pub async fn back_off(&self, pause: &mut Duration, most: Duration) {
        self.wait(*pause).await;
        *pause = (*pause * 2).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_day_of_the_reference_passes_in_no_time() {
        let begun = Instant::now();
        let time = Time::told();
        let clock = Clock::of(time.clone());
        clock.wait(Duration::from_hours(24)).await;
        assert_eq!(clock.now(), Duration::from_hours(24));
        assert_eq!(time.passed(), clock.now(), "it is the reference's own");
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn the_time_of_the_outside_is_waited_for() {
        let clock = Clock::outside();
        clock.wait(Duration::from_millis(20)).await;
        assert!(clock.now() >= Duration::from_millis(20));
    }
}
