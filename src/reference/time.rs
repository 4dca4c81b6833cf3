//! The clock of the reference target: it shows the time of the outside, or passes only when told.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// When a clock that is told the time starts, in milliseconds since 1970: the first instant of 2026.
const START_MS: u64 = 1_767_225_600_000;

/// A clock. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Time {
    /// The milliseconds since 1970 at which it started.
    start_ms: u64,
    /// The microseconds that it was told to pass.
    told: Arc<AtomicU64>,
    /// When it started, where the time of the outside passes for it too.
    outside: Option<Instant>,
}

impl Default for Time {
    fn default() -> Self {
        Self::told()
    }
}

impl Time {
    /// A clock that passes only when it is told to, so that the same requests always get the same
    /// answers, and waiting costs nothing.
    #[must_use]
    pub fn told() -> Self {
        Self { start_ms: START_MS, told: Arc::default(), outside: None }
    }

    /// A clock that shows the time of the outside, and can be put forward.
    #[must_use]
    pub fn outside() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let start_ms = u64::try_from(since.as_millis()).unwrap_or(START_MS);
        Self { start_ms, told: Arc::default(), outside: Some(Instant::now()) }
    }

    /// Whether it passes only when it is told to.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.outside.is_none()
    }

    /// Lets this much time pass at once.
    pub fn pass(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.told.fetch_add(micros, Ordering::Relaxed);
    }

    /// How much time has passed since it started.
    #[must_use]
    pub fn passed(&self) -> Duration {
        let outside = self.outside.map(|since| since.elapsed()).unwrap_or_default();
        Duration::from_micros(self.told.load(Ordering::Relaxed)) + outside
    }

    /// The time, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.start_ms + u64::try_from(self.passed().as_millis()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_told_passes_only_then_and_for_its_clones_too() {
        let clock = Time::told();
        assert_eq!(clock.now_ms(), START_MS);
        clock.clone().pass(Duration::from_millis(1500));
        assert_eq!(clock.now_ms(), START_MS + 1500);
        assert_eq!(clock.passed(), Duration::from_millis(1500));
    }

    #[test]
    fn a_clock_of_the_outside_can_be_put_forward() {
        let clock = Time::outside();
        clock.pass(Duration::from_hours(24));
        assert!(clock.passed() >= Duration::from_hours(24));
        assert!(!clock.is_told());
    }
}
