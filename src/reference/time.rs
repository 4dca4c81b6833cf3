//! The clock of the reference target: real time, or simulated time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;

/// The start of simulated time, in milliseconds since 1970: the first instant of 2026.
const START_MS: u64 = 1_767_225_600_000;

/// A clock. Clones show the same time.
#[derive(Clone, Debug)]
pub struct Time {
    /// The milliseconds since 1970 at which it started.
    start_ms: u64,
    /// The microseconds that it was put forward.
    forward: Arc<AtomicU64>,
    /// The start of real time; `None` if time is simulated.
    outside: Option<Instant>,
}

impl Default for Time {
    fn default() -> Self {
        Self::simulated()
    }
}

impl Time {
    /// A clock of simulated time: it passes only when it is put forward, so that the same requests always
    /// get the same answers, and waiting costs nothing.
    #[must_use]
    pub fn simulated() -> Self {
        Self { start_ms: START_MS, forward: Arc::default(), outside: None }
    }

    /// A clock that shows real time, and can be put forward.
    #[must_use]
    pub fn outside() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let start_ms = u64::try_from(since.as_millis()).unwrap_or(START_MS);
        Self { start_ms, forward: Arc::default(), outside: Some(Instant::now()) }
    }

    /// Whether it passes only when it is put forward.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.outside.is_none()
    }

    /// Lets this much time pass at once.
    pub fn pass(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.forward.fetch_add(micros, Ordering::Relaxed);
    }

    /// The time that has passed since it started.
    #[must_use]
    pub fn passed(&self) -> Duration {
        let outside = self.outside.map(|since| since.elapsed()).unwrap_or_default();
        Duration::from_micros(self.forward.load(Ordering::Relaxed)) + outside
    }

    /// The time, in milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.start_ms + u64::try_from(self.passed().as_millis()).unwrap_or_default()
    }
}

/// A time in milliseconds since 1970, as RFC 3339 writes it.
#[must_use]
pub fn rfc3339(time_ms: u64) -> String {
    let time = i64::try_from(time_ms).ok();
    let time = time.and_then(|time| Timestamp::from_millisecond(time).ok()).unwrap_or_default();
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_with_its_milliseconds() {
        assert_eq!(rfc3339(START_MS + 50), "2026-01-01T00:00:00.050Z");
    }

    #[test]
    fn simulated_time_passes_only_when_put_forward_and_for_clones_too() {
        let clock = Time::simulated();
        assert_eq!(clock.now_ms(), START_MS);
        clock.clone().pass(Duration::from_millis(1500));
        assert_eq!(clock.now_ms(), START_MS + 1500);
        assert_eq!(clock.passed(), Duration::from_millis(1500));
    }

    #[test]
    fn real_time_can_be_put_forward() {
        let clock = Time::outside();
        clock.pass(Duration::from_hours(24));
        assert!(clock.passed() >= Duration::from_hours(24));
        assert!(!clock.is_simulated());
    }
}
