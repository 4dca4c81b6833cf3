//! The policy by which a request that met a transient fault is sent again.

use std::time::Duration;

use bellwether_model::judge::{Cause, Indeterminate};

/// The numbers of tries and the pauses of one kind of request.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries where waiting takes real time.
    tries: u32,
    /// Tries where the clock is simulated, so that waiting takes none.
    tries_simulated: u32,
    /// Tries where nobody answers at all: asking again soon is of little use.
    tries_unanswered: u32,
    /// The pause after the first try; it doubles with each.
    pause: Duration,
    /// The longest pause that it doubles up to.
    pause_max: Duration,
    /// The longest pause that is made because the target asked for it.
    asked_max: Duration,
}

/// A try that met a transient fault.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its number, counted from 1.
    pub number: u32,
    /// Whether a second effect would do no harm, as with a read.
    pub is_repeatable: bool,
    /// Whether the clock is simulated.
    pub is_simulated: bool,
    /// The pause that the target asked for.
    pub asked: Option<Duration>,
}

/// The decision after a try that met a transient fault.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another try, after this pause.
    RetryAfter(Duration),
    /// No other try.
    GiveUp,
}

impl RetryPolicy {
    /// The calls of a play and its reads.
    pub const CALL: Self = Self {
        tries: 5,
        tries_simulated: 14,
        tries_unanswered: 3,
        pause: Duration::from_millis(50),
        pause_max: Duration::from_secs(2),
        asked_max: Duration::from_secs(20),
    };

    /// The calls of a probe. A target that does not answer at all is not there, so early in a run.
    pub const PROBE: Self = Self {
        tries: 4,
        tries_simulated: 14,
        tries_unanswered: 1,
        pause: Duration::from_millis(50),
        pause_max: Duration::from_secs(2),
        asked_max: Duration::ZERO,
    };

    /// The calls of a first look at a target: whether a fault passes is found out in another one.
    pub const GLANCE: Self = Self {
        tries: 2,
        tries_simulated: 2,
        tries_unanswered: 1,
        pause: Duration::from_millis(10),
        pause_max: Duration::from_millis(10),
        asked_max: Duration::ZERO,
    };

    /// The requests that make a case's organization.
    pub const SETUP: Self = Self {
        tries: 8,
        tries_simulated: 8,
        tries_unanswered: 3,
        pause: Duration::from_millis(50),
        pause_max: Duration::from_secs(1),
        asked_max: Duration::ZERO,
    };

    /// A page in the middle of a list: without it, all of a long list would be read again.
    pub const PAGE: Self = Self {
        tries: 8,
        tries_simulated: 8,
        tries_unanswered: 8,
        pause: Duration::from_millis(100),
        pause_max: Duration::from_millis(100),
        asked_max: Duration::from_secs(5),
    };

    /// The filling of a pool: without it, the pool would be made once more.
    pub const POOL: Self = Self {
        tries: 4,
        tries_simulated: 4,
        tries_unanswered: 4,
        pause: Duration::from_millis(100),
        pause_max: Duration::from_secs(2),
        asked_max: Duration::ZERO,
    };

    /// Decides what follows a try that met this fault.
    ///
    /// A request that is not repeatable is sent again only if the target was too busy to take it.
    #[must_use]
    pub fn next(&self, fault: &Indeterminate, attempt: Attempt) -> Next {
        let most = match fault.cause {
            Cause::NoResponse => self.tries_unanswered,
            Cause::Throttled
            | Cause::ServerError
            | Cause::ConnectionLost
            | Cause::Unreadable
            | Cause::Foreign => {
                if attempt.is_simulated {
                    self.tries_simulated
                } else {
                    self.tries
                }
            }
        };
        let may_repeat = attempt.is_repeatable || fault.cause == Cause::Throttled;
        if !may_repeat || attempt.number >= most {
            return Next::GiveUp;
        }
        let doubled = 2_u32.saturating_pow(attempt.number.saturating_sub(1));
        let pause = self.pause.saturating_mul(doubled).min(self.pause_max);
        let asked = attempt.asked.unwrap_or_default().min(self.asked_max);
        Next::RetryAfter(pause.max(asked))
    }
}

#[cfg(test)]
mod tests {
    use bellwether_model::judge::Phase;

    use super::*;

    const CAUSES: [Cause; 6] = [
        Cause::Throttled,
        Cause::ServerError,
        Cause::NoResponse,
        Cause::ConnectionLost,
        Cause::Unreadable,
        Cause::Foreign,
    ];

    const FIRST: Attempt =
        Attempt { number: 1, is_repeatable: true, is_simulated: false, asked: None };

    fn fault(cause: Cause) -> Indeterminate {
        Indeterminate { cause, phase: Phase::Call, detail: "HTTP 429 timed out".to_owned() }
    }

    /// The tries that a request gets that meets this fault each time.
    fn tries(policy: RetryPolicy, cause: Cause, first: Attempt) -> u32 {
        let meets = |number: &u32| {
            policy.next(&fault(cause), Attempt { number: *number, ..first }) == Next::GiveUp
        };
        (1..100).find(meets).unwrap()
    }

    #[test]
    fn a_read_is_sent_again_after_any_fault() {
        for cause in CAUSES {
            let expected = if cause == Cause::NoResponse { 3 } else { 5 };
            assert_eq!(tries(RetryPolicy::CALL, cause, FIRST), expected, "{cause:?}");
        }
    }

    #[test]
    fn a_write_is_sent_again_only_if_the_target_did_not_take_it() {
        let write = Attempt { is_repeatable: false, ..FIRST };
        for cause in CAUSES {
            let expected = if cause == Cause::Throttled { 5 } else { 1 };
            assert_eq!(tries(RetryPolicy::CALL, cause, write), expected, "{cause:?}");
        }
    }

    #[test]
    fn a_simulated_clock_gives_more_tries_but_not_without_a_response() {
        let simulated = Attempt { is_simulated: true, ..FIRST };
        assert_eq!(tries(RetryPolicy::CALL, Cause::ServerError, simulated), 14);
        assert_eq!(tries(RetryPolicy::CALL, Cause::NoResponse, simulated), 3);
        assert_eq!(tries(RetryPolicy::PROBE, Cause::NoResponse, simulated), 1);
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pause = |number| {
            let simulated = Attempt { number, is_simulated: true, ..FIRST };
            RetryPolicy::CALL.next(&fault(Cause::ServerError), simulated)
        };
        let ms = |ms| Next::RetryAfter(Duration::from_millis(ms));
        assert_eq!([1, 2, 3, 6, 7, 13].map(pause), [50, 100, 200, 1_600, 2_000, 2_000].map(ms));
    }

    #[test]
    fn a_target_is_left_alone_as_long_as_it_asks_within_bounds() {
        let asked = |policy: RetryPolicy, seconds| {
            let asked = Some(Duration::from_secs(seconds));
            policy.next(&fault(Cause::Throttled), Attempt { asked, ..FIRST })
        };
        let after = |seconds| Next::RetryAfter(Duration::from_secs(seconds));
        assert_eq!(asked(RetryPolicy::CALL, 3), after(3));
        assert_eq!(asked(RetryPolicy::CALL, 300), after(20));
        assert_eq!(asked(RetryPolicy::PAGE, 300), after(5));
        assert_eq!(asked(RetryPolicy::CALL, 0), Next::RetryAfter(Duration::from_millis(50)));
        assert_eq!(asked(RetryPolicy::PROBE, 9), Next::RetryAfter(Duration::from_millis(50)));
    }
}
