//! Plays that outlive a restart of the target.

use std::time::Duration;

use crate::run::{PlayOptions, Played, play};
use crate::scenario::Case;
use crate::target::{Target, TargetError};

/// The longest time that a target which does not answer is waited for.
pub(super) const AWAITED: Duration = Duration::from_secs(30);

/// The most times that a case is begun.
const BEGINNINGS_MAX: u32 = 3;

/// A case that was played.
#[derive(Debug)]
pub(super) struct Survived {
    /// The outcome of its last play.
    pub(super) played: Result<Played, TargetError>,
    /// The requests of the plays before it, and of the waiting.
    pub(super) requests: u64,
    /// Whether the target was waited for in vain.
    pub(super) is_gone: bool,
}

/// Plays a case. If the target was down meanwhile, waits for it, and begins the case again in fresh accounts:
/// a target that keeps all in memory has forgotten what the case made.
pub(super) async fn play_surviving(
    target: &Target,
    case: &Case,
    options: &PlayOptions,
) -> Survived {
    let mut before = 0;
    for beginning in 1.. {
        let played = play(target, case, options).await;
        let (was_down, is_doubtful) = match &played {
            Ok(played) => (played.target_was_down, played.inconclusive.is_some()),
            Err(_) => (false, true),
        };
        if !was_down && !is_doubtful {
            return Survived { played, requests: before, is_gone: false };
        }
        let presence = target.await_presence(AWAITED).await;
        before += presence.requests;
        let is_begun_again = (was_down || presence.was_awaited()) && beginning < BEGINNINGS_MAX;
        if !presence.answers || !is_begun_again {
            return Survived { played, requests: before, is_gone: !presence.answers };
        }
        before += played.map_or(0, |played| played.requests);
    }
    unreachable!("the beginnings do not end")
}
